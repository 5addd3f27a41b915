/** A policy while somebody writes it, and the edit it comes to. */
import type { BarrierEdit, BarrierPolicyView } from "@sekisho/contract";
import { barrierFlags, type BarrierFlag } from "@sekisho/domain";
import type { Choice } from "../../ui/search-select.tsx";

export interface PolicyDraft {
  readonly policyId: string;
  readonly name: string;
  readonly a: Choice | undefined;
  readonly b: Choice | undefined;
  readonly enabled: boolean;
  readonly flags: readonly BarrierFlag[];
}

/** 128 random bits: ids of new things are made by who asks. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

export function newDraft(a?: Choice, b?: Choice): PolicyDraft {
  return { policyId: newId(), name: "", a, b, enabled: true, flags: ["meeting"] };
}

export function draftOf({ id, name, a, b, enabled, flags }: BarrierPolicyView): PolicyDraft {
  return { policyId: id, name, a, b, enabled, flags };
}

/** Undefined while a side is missing. Flags go in the order of the contract, so that equal drafts are equal edits. */
export function editOf(draft: PolicyDraft): BarrierEdit | undefined {
  const { policyId, name, a, b, enabled } = draft;
  if (a === undefined || b === undefined) return undefined;
  const flags = barrierFlags.filter((flag) => draft.flags.includes(flag));
  return { type: "policy.put", policyId, name, a: a.id, b: b.id, enabled, flags };
}

export function isSameDraft(one: PolicyDraft, other: PolicyDraft): boolean {
  return (
    one.a?.id === other.a?.id &&
    one.b?.id === other.b?.id &&
    one.enabled === other.enabled &&
    barrierFlags.every((flag) => one.flags.includes(flag) === other.flags.includes(flag))
  );
}

export type DraftProblem = "check.pair" | "check.flags" | "check.reason";

/** In the order of the fields. */
export function problemsOf(draft: PolicyDraft, reason: string): Partial<Record<DraftProblem, true>> {
  return {
    ...(draft.a === undefined || draft.b === undefined ? { "check.pair": true } : {}),
    ...(draft.flags.length === 0 ? { "check.flags": true } : {}),
    ...(reason.trim() === "" ? { "check.reason": true } : {}),
  };
}
