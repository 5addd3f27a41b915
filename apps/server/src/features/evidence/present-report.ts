/** From what the log tells to what one reader may know (AUD-2, BAR-14). Pure. */
import type { MeetingReport } from "@sekisho/contract";
import { policyFields, type AdmissionId, type InstanceReport, type Principal } from "@sekisho/domain";

export type Hidden = (who: Principal) => boolean;

export function presentReport(
  report: InstanceReport,
  reader: { readonly hidden: Hidden; readonly reasons: boolean },
): Omit<MeetingReport, "instanceId" | "topic" | "checkedAt" | "erased" | "chain"> {
  const { settings, startedAt, endedAt } = report;
  if (settings === null || endedAt === null) throw new Error("an instance that has ended was opened once");
  const visible = report.people.filter(({ principal }) => !reader.hidden(principal));
  const names = new Map(visible.map((one) => [one.admissionId, one.displayName]));
  const nameOf = (who: AdmissionId | null) => (who === null ? null : (names.get(who) ?? null));
  const { values, reasons } = settings.policy;
  return {
    startedAt,
    endedAt,
    confidentiality: settings.confidentiality,
    people: visible.map(({ principal, admissionId: _id, ...one }) => ({
      ...one,
      registered: principal.registration !== undefined,
      nameProved: principal.kind === "guest" && principal.nameProved === true,
      admittedBy: nameOf(one.admittedBy),
      endedBy: nameOf(one.endedBy),
    })),
    refusals: report.refusals
      .filter(({ principal }) => !reader.hidden(principal))
      .map(({ principal: _principal, reason, ...one }) => ({
        ...one,
        reason: reader.reasons ? reason : null,
      })),
    // What was done to somebody's role goes with that person.
    acts: report.acts
      .filter(({ about }) => about === null || names.has(about))
      .map((act) => ({ ...act, by: nameOf(act.by), about: nameOf(act.about) })),
    settings: policyFields.map((field) => ({
      field,
      value: values[field],
      reasons: [...reasons[field]],
    })),
  };
}
