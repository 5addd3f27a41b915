/** The only place of these helpers where a type is asserted. */
import type { RequestResult } from "@sekisho/domain";

/** `decide` answers `gate.request` with a RequestResult and widens it to unknown. */
export function requestResult(result: unknown): RequestResult {
  return result as RequestResult;
}
