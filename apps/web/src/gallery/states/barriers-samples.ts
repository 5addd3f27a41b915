/** One invented bank with five groups, for the pictures of the barriers' pages. */
import type {
  BarrierGroupView,
  BarrierImpact,
  BarrierMemberView,
  BarrierPolicyView,
  BarrierStatus,
} from "@sekisho/contract";
import type { Preview } from "../../features/barriers/use-preview.ts";
import type { MatrixSource } from "../../features/barriers/use-matrix.ts";
import { sample } from "../sample.ts";

export const now = Date.UTC(2026, 10, 22, 6, 58, 7);
const minutes = 60_000;

export const id = (name: string) => `${name}${"0".repeat(16)}`.slice(0, 22);

export const names = () => [
  sample("投資銀行", "Investment banking"),
  sample("調査", "Research"),
  sample("営業", "Sales"),
  sample("審査", "Credit review"),
  sample("人事", "Personnel"),
];

export const groups = (): readonly BarrierGroupView[] =>
  names().map((name, at) => ({
    id: id(`group${at}`),
    name,
    domains: at === 2 ? ["oba-sekkei.example"] : [],
    members: 42 - at * 7,
    primaryMembers: 40 - at * 7,
    policies: at < 4 ? 2 : 0,
  }));

export function status(change: Partial<BarrierStatus> = {}): BarrierStatus {
  const nodes = ["node-a", "node-b", "node-c"].map((name) => ({ name, version: 128, seenAt: now }));
  return {
    rules: {
      on: true,
      ungrouped: "inherit",
      manualGroupEdits: false,
      joinBeforeHost: "lockedOff",
      exceptions: [],
      secondPerson: "auto",
      staleLimits: { denyNewAfter: 60, closeAfter: null },
    },
    version: 128,
    committedAt: now - 16 * minutes,
    applied: true,
    nodes,
    freshness: "fresh",
    ageMinutes: null,
    lastSync: {
      id: "s1",
      at: now - 16 * minutes,
      source: "api",
      by: sample("人事システム", "HR system"),
      reason: "",
      result: "applied",
      problem: null,
      version: 128,
      changes: 3,
      pendingId: null,
    },
    groups: 5,
    policies: 4,
    ungrouped: 3,
    otherGroupsMatter: 2,
    pending: 0,
    editors: 2,
    mayEdit: true,
    syncedGroups: true,
    ...change,
  };
}

function policy(at: number, change: Partial<BarrierPolicyView>): BarrierPolicyView {
  const [one, other] = [groups()[0], groups()[1]];
  if (one === undefined || other === undefined) throw new Error("no groups");
  return {
    id: id(`policy${at}`),
    name: "",
    a: { id: one.id, name: one.name },
    b: { id: other.id, name: other.name },
    enabled: true,
    flags: ["meeting", "im", "complete_phone_calls", "message_via_sms"],
    notYetInForce: ["im", "complete_phone_calls", "message_via_sms"],
    effectiveState: "in_force",
    changedAt: now - 3000 * minutes,
    changedBy: "佐久間 里奈",
    reason: sample("案件 2026-118 の公表まで", "Until case 2026-118 is published"),
    version: 121 + at,
    ...change,
  };
}

export const policies = (): readonly BarrierPolicyView[] => {
  const side = (at: number) => {
    const group = groups()[at];
    return { id: group?.id ?? "", name: group?.name ?? "" };
  };
  return [
    policy(0, {}),
    policy(1, {
      a: side(0),
      b: side(2),
      flags: ["in_meeting_chat", "screen_share", "recording"],
      notYetInForce: ["recording"],
      effectiveState: "pending_approval",
    }),
    policy(2, { a: side(2), b: side(3), flags: ["meeting"], notYetInForce: [], changedBy: "桐生 真帆" }),
    policy(3, {
      a: side(1),
      b: side(1),
      flags: ["in_meeting_chat"],
      notYetInForce: [],
      enabled: false,
      effectiveState: "disabled",
    }),
  ];
};

export function impact(change: Partial<BarrierImpact> = {}): BarrierImpact {
  return {
    digest: "d",
    at: now,
    live: { meetings: 1, removed: 2, restricted: 0 },
    upcoming: { meetings: 3, people: 5 },
    otherGroupsMatter: 2,
    ungrouped: 3,
    publicMeetings: 1,
    guestMeetings: 4,
    loosens: false,
    needsSecondPerson: false,
    problems: [],
    ...change,
  };
}

export const preview = (change: Partial<BarrierImpact> = {}): Preview => ({
  impact: impact(change),
  checking: false,
  error: null,
  again: () => undefined,
});

export const members = (): readonly BarrierMemberView[] => [
  member("佐久間 里奈", { primary: true }),
  member("桐生 真帆", { primary: false, primaryGroupName: names()[2] ?? "", otherGroups: 1 }),
  member("鷲尾 悠人", { primary: true, held: true, otherGroups: 2 }),
];

function member(displayName: string, change: Partial<BarrierMemberView>): BarrierMemberView {
  return {
    accountId: crypto.randomUUID(),
    displayName,
    email: "someone@midorino.example",
    primary: false,
    primaryGroupName: null,
    otherGroups: 0,
    held: false,
    ...change,
  };
}

const five = [
  [0, 1, 10, 0, 0],
  [1, 0, 10, 0, 0],
  [10, 10, 0, 1, 0],
  [0, 0, 1, 0, 0],
  [0, 0, 0, 0, 0],
];

/** The five groups; with `draft` the first pair is what changes. */
export function matrix(draft: boolean): MatrixSource {
  const all = groups();
  return {
    rowTotal: 5,
    columnTotal: 5,
    row: (at) => all[at],
    column: (at) => all[at],
    masks: (row, column) => {
      const after = five[row]?.[column] ?? 0;
      const isFirst = draft && row + column === 1;
      return { now: isFirst ? 0 : after, after };
    },
  };
}

/** As many as the largest organisation has. */
export function largeMatrix(): MatrixSource {
  const side = (at: number) => ({
    id: id(`g${at}x`),
    name: sample(`部門 ${at + 1}`, `Department ${at + 1}`),
  });
  return {
    rowTotal: 5000,
    columnTotal: 5000,
    row: side,
    column: side,
    masks: (row, column) => {
      const hash = (Math.min(row, column) * 7 + Math.max(row, column) * 13) % 19;
      const mask = row === column ? 0 : hash === 3 ? 1 : hash === 8 ? 10 : 0;
      return { now: mask, after: mask };
    },
  };
}
