import type { MeetingPreview } from "@sekisho/contract";
import type { Words } from "../../i18n/words.ts";
import type { Draft } from "./draft.ts";
import type { FieldName } from "./form-context.ts";
import { isPasscode } from "./passcode.ts";

const DOMAIN = /^[a-z0-9.-]{3,253}$/u;

/** What is wrong with the form, by field: what it can see itself, and what the server says of dates. */
export function problemsOf(
  t: Words<"schedule">,
  draft: Draft,
  passcode: string | undefined,
  preview: MeetingPreview | undefined,
): Partial<Record<FieldName, string>> {
  const found: Partial<Record<FieldName, string>> = {};
  if (draft.confidentiality === undefined) found.level = t("class.check");
  if (needsAcceptance(draft, preview) && !draft.transportRiskAccepted) found.risk = t("risk.check");
  if (draft.topic.trim() === "") found.topic = t("topic.check");
  if (draft.durationMinutes < 5 || draft.durationMinutes > 1440) found.duration = t("duration.check");
  if (passcode !== undefined && draft.passcodeRequired && !isPasscode(passcode))
    found.passcode = t("passcode.check");
  if (draft.whoMayJoin === "named" && !draft.allowedDomains.every((one) => one === "" || DOMAIN.test(one)))
    found.domains = t("domains.check");
  if (preview?.startsInPast === true) found.start = t("start.past");
  const repeat = preview?.recurrenceProblem ?? null;
  if (repeat !== null) found.repeat = t(`rule.problem.${repeat}`);
  return found;
}

/** CNF-1: at medium the host accepts that the server could decrypt, unless encryption is end to end after all. */
export function needsAcceptance(draft: Draft, preview: MeetingPreview | undefined): boolean {
  const encryption = preview?.effective.find((one) => one.field === "encryption")?.value;
  return draft.confidentiality === "medium" && encryption !== "e2ee";
}
