/** The results of decisions, told apart at run time. */
import type { RequestResult, RowOutcome } from "@sekisho/domain";

export function isRequestResult(result: unknown): result is RequestResult {
  return typeof result === "object" && result !== null && "outcome" in result && "admissionId" in result;
}

export function isRowOutcome(result: unknown): result is RowOutcome {
  return typeof result === "object" && result !== null && "done" in result && "skipped" in result;
}
