/** What the log of one instance tells about it, for a report (AUD-2). Pure: the same log, the same report. */
import type { AdmissionId } from "../ids.ts";
import type { EventType, RecordedEvent, RefusalReason } from "./events.ts";
import { personKey, type Agreement } from "./state.ts";
import type { InstanceSettings, Principal, Role, VerificationMethod } from "./state.ts";

/** `notAdmitted`: waited and was never let in, for whatever reason; only the log tells the reasons apart. */
export type ReportOutcome = "inside" | "left" | "removed" | "denied" | "withdrawn" | "notAdmitted";

export type ReportPerson = {
  readonly admissionId: AdmissionId;
  readonly principal: Principal;
  readonly displayName: string;
  readonly affiliation: string;
  readonly external: boolean;
  readonly role: Role;
  readonly requestedAt: number;
  readonly admittedAt: number | null;
  /** Null: the rules themselves, or not admitted. */
  readonly admittedBy: AdmissionId | null;
  readonly method: VerificationMethod | null;
  readonly standInReason: string | null;
  /** The version of the fact sheet that was agreed to, and when (INV-4). */
  readonly agreed: Agreement | null;
  readonly deviceDeclaredAt: number | null;
  readonly outcome: ReportOutcome;
  readonly until: number | null;
  /** Who denied or removed. */
  readonly endedBy: AdmissionId | null;
};

export type ReportRefusal = {
  readonly at: number;
  readonly principal: Principal;
  readonly displayName: string;
  readonly affiliation: string;
  readonly reference: string;
  readonly reason: RefusalReason;
};

/** Things done to the meeting as a whole or to somebody's role. */
export const reportedActs = [
  "instance.started",
  "instance.settingsChanged",
  "instance.hostsGone",
  "instance.reopened",
  "participant.roleChanged",
  "meeting.locked",
  "meeting.unlocked",
  "meeting.suspended",
  "meeting.resumed",
  "meeting.waitingRoomTurnedOff",
  "meeting.waitingRoomTurnedOn",
  "meeting.rightsChanged",
  "breakout.opened",
  "breakout.closed",
  "verificationCall.begun",
  "link.reopened",
  "ban.lifted",
] as const satisfies readonly EventType[];
export type ReportedAct = (typeof reportedActs)[number];

export type ReportAct = {
  readonly at: number;
  readonly type: ReportedAct;
  readonly by: AdmissionId | null;
  /** Whose role it was. */
  readonly about: AdmissionId | null;
};

export type InstanceReport = {
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly settings: InstanceSettings | null;
  readonly people: readonly ReportPerson[];
  readonly refusals: readonly ReportRefusal[];
  readonly acts: readonly ReportAct[];
};

type Person = { -readonly [K in keyof ReportPerson]: ReportPerson[K] };
type Writing = {
  startedAt: number | null;
  endedAt: number | null;
  settings: InstanceSettings | null;
  readonly people: Map<AdmissionId, Person>;
  readonly refusals: ReportRefusal[];
  readonly acts: ReportAct[];
};

export function reportOf(events: readonly RecordedEvent[]): InstanceReport {
  const report: Writing = {
    ...{ startedAt: null, endedAt: null, settings: null, people: new Map() },
    ...{ refusals: [], acts: [] },
  };
  for (const recorded of events) {
    noteInstance(report, recorded);
    noteEntrance(report, recorded);
    noteEnd(report, recorded);
  }
  return { ...report, people: [...report.people.values()] };
}

function noteInstance(report: Writing, { at, event }: RecordedEvent): void {
  if (event.type === "instance.opened" || event.type === "instance.settingsChanged")
    report.settings = event.settings;
  if (event.type === "instance.started") report.startedAt ??= at;
  if (event.type === "instance.reopened") report.endedAt = null;
  const type = reportedActs.find((one) => one === event.type);
  if (type === undefined) return;
  const actor = "by" in event ? event.by : null;
  const by = [...report.people.keys()].find((admissionId) => admissionId === actor) ?? null;
  const about =
    event.type === "participant.roleChanged" || event.type === "verificationCall.begun"
      ? event.admissionId
      : null;
  report.acts.push({ at, type, by, about });
  if (event.type === "participant.roleChanged") set(report, event.admissionId, { role: event.role });
}

function noteEntrance(report: Writing, { at, event }: RecordedEvent): void {
  if (event.type === "admission.requested") {
    const { admissionId, principal, role, external } = event;
    report.people.set(admissionId, {
      ...{ admissionId, principal, role, external, ...event.personal, requestedAt: at },
      ...{ admittedAt: null, admittedBy: null, method: null, standInReason: null },
      ...saidBefore(report, principal),
      ...{ outcome: "notAdmitted", until: null, endedBy: null },
    });
  }
  if (event.type === "admission.agreed")
    set(report, event.admissionId, { agreed: { version: event.factSheet.version, at } });
  if (event.type === "admission.deviceDeclared") set(report, event.admissionId, { deviceDeclaredAt: at });
  if (event.type === "admission.refused") {
    const { principal, reference, reason } = event;
    report.refusals.push({ at, principal, reference, reason, ...event.personal });
  }
  if (event.type === "admission.admitted") {
    if (event.replaces !== null) set(report, event.replaces, { outcome: "left", until: at });
    set(report, event.admissionId, {
      ...{ admittedAt: report.people.get(event.admissionId)?.admittedAt ?? at, outcome: "inside" },
      ...{ admittedBy: event.by === "gate" ? null : event.by, method: event.method, until: null },
      standInReason: event.personal.standInReason,
    });
  }
  if (event.type === "participant.renamed") set(report, event.admissionId, event.personal);
}

/** What the same person has said in this instance at an earlier request stays said. */
function saidBefore(report: Writing, principal: Principal): Pick<Person, "agreed" | "deviceDeclaredAt"> {
  const same = [...report.people.values()].filter((one) => personKey(one.principal) === personKey(principal));
  const here = same.filter((one) => one.principal.device === principal.device);
  return {
    agreed: same.findLast((one) => one.agreed !== null)?.agreed ?? null,
    deviceDeclaredAt: here.findLast((one) => one.deviceDeclaredAt !== null)?.deviceDeclaredAt ?? null,
  };
}

function noteEnd(report: Writing, { at, event }: RecordedEvent): void {
  switch (event.type) {
    case "admission.denied":
      return set(report, event.admissionId, { outcome: "denied", until: at, endedBy: event.by });
    case "participant.removed":
      return set(report, event.admissionId, { outcome: "removed", until: at, endedBy: event.by });
    case "admission.withdrawn":
      return set(report, event.admissionId, { outcome: "withdrawn", until: at });
    case "participant.left":
      return set(report, event.admissionId, { outcome: "left", until: at });
    case "admission.sentBack":
      return set(report, event.admissionId, { outcome: "notAdmitted", until: at });
    case "barrier.swept":
      for (const one of event.removed) set(report, one, { outcome: "left", until: at });
      return;
    case "instance.ended":
      report.endedAt = at;
      for (const person of report.people.values())
        if (person.outcome === "inside") set(report, person.admissionId, { outcome: "left", until: at });
      return;
    default:
      return;
  }
}

function set(report: Writing, admissionId: AdmissionId, change: Partial<Person>): void {
  const person = report.people.get(admissionId);
  if (person !== undefined) Object.assign(person, change);
}
