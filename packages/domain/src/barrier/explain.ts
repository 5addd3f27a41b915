/** Why two people may not do something with each other, for the portal (BAR-11). Reads the model itself: slow and plain. */
import type { AccountId, BarrierPolicyId, GroupId } from "../ids.ts";
import { countingGroups } from "./class-names.ts";
import type { BarrierReason } from "./decision.ts";
import { hardBlock, noFlags, type BarrierMask } from "./flags.ts";
import type { BarrierModel, BarrierPolicy } from "./model.ts";

export type BarrierParty =
  | { readonly kind: "account"; readonly accountId: AccountId }
  /** `domain`: of a proved address, lower case; null: nothing was proved. */
  | { readonly kind: "outsider"; readonly domain: string | null };

/** Why a group counts: it is the primary one, it is held until a loosening is approved (BAR-6), or it names the domain. */
export type CountingGroup = {
  readonly groupId: GroupId;
  readonly because: "primary" | "held" | "domain";
};

export type ExplainedParty = {
  /** `ungrouped`: an account without a group (BAR-7). `free`: an outsider whom no group names. */
  readonly kind: "grouped" | "ungrouped" | "free";
  readonly counting: readonly CountingGroup[];
  /** Groups that the person is in and that do not count (BAR-2). */
  readonly ignored: readonly GroupId[];
};

export type MatchedPolicy = {
  readonly policyId: BarrierPolicyId;
  readonly mask: BarrierMask;
  /** `ungrouped`: it matches because one of the two has no group. */
  readonly by: "pair" | "ungrouped";
};

export type PairExplanation = {
  readonly version: number;
  readonly a: ExplainedParty;
  readonly b: ExplainedParty;
  /** Enabled policies that forbid these two something, also where barriers are off as a whole. */
  readonly policies: readonly MatchedPolicy[];
  /** What is in force between the two. */
  readonly mask: BarrierMask;
  readonly hard: boolean;
  /** Whoever is in the model can be placed. */
  readonly reason: Exclude<BarrierReason, "unknown">;
};

export function explainPair(model: BarrierModel, a: BarrierParty, b: BarrierParty): PairExplanation {
  const one = explainParty(model, a);
  const other = explainParty(model, b);
  const isSame = a.kind === "account" && b.kind === "account" && a.accountId === b.accountId;
  const policies = isSame ? [] : matching(model, one, other);
  const mask = model.rules.on ? policies.reduce((sum, policy) => sum | policy.mask, noFlags) : noFlags;
  const byPair = policies.some((policy) => policy.by === "pair");
  return {
    version: model.version,
    a: one,
    b: other,
    policies,
    mask,
    hard: (mask & hardBlock) !== 0,
    reason: !model.rules.on
      ? "off"
      : isSame
        ? "same_person"
        : mask === noFlags
          ? "none"
          : byPair
            ? "pair"
            : "ungrouped",
  };
}

function explainParty(model: BarrierModel, party: BarrierParty): ExplainedParty {
  if (party.kind === "outsider") {
    const counting = [...model.groups.values()]
      .filter((group) => party.domain !== null && group.domains.includes(party.domain))
      .map((group) => ({ groupId: group.id, because: "domain" }) as const);
    return { kind: counting.length === 0 ? "free" : "grouped", counting, ignored: [] };
  }
  const person = model.people.get(party.accountId);
  const counting = countingGroups(person).map((groupId): CountingGroup => ({
    groupId,
    because: groupId === person?.primary ? "primary" : "held",
  }));
  const ignored = (person?.groups ?? []).filter((one) => !counting.some(({ groupId }) => groupId === one));
  return { kind: counting.length === 0 ? "ungrouped" : "grouped", counting, ignored };
}

function matching(model: BarrierModel, a: ExplainedParty, b: ExplainedParty): readonly MatchedPolicy[] {
  const inherits = model.rules.ungrouped === "inherit";
  const of = (party: ExplainedParty) => new Set(party.counting.map(({ groupId }) => groupId));
  const [ones, others] = [of(a), of(b)];
  const matched: MatchedPolicy[] = [];
  for (const policy of model.policies.values()) {
    if (!policy.enabled || policy.mask === noFlags) continue;
    const by = isBetween(policy, ones, others)
      ? "pair"
      : inherits && isInherited(policy, [a, ones], [b, others])
        ? "ungrouped"
        : null;
    if (by !== null) matched.push({ policyId: policy.id, mask: policy.mask, by });
  }
  return matched;
}

function isBetween(
  { a, b }: BarrierPolicy,
  ones: ReadonlySet<GroupId>,
  others: ReadonlySet<GroupId>,
): boolean {
  return (ones.has(a) && others.has(b)) || (ones.has(b) && others.has(a));
}

type Side = readonly [party: ExplainedParty, groups: ReadonlySet<GroupId>];

/** BAR-7: whoever has no group inherits from every policy that names the other side; two of them, from all. */
function isInherited(policy: BarrierPolicy, [a, ones]: Side, [b, others]: Side): boolean {
  const names = (groups: ReadonlySet<GroupId>) => groups.has(policy.a) || groups.has(policy.b);
  if (a.kind === "ungrouped" && b.kind === "ungrouped") return true;
  return (a.kind === "ungrouped" && names(others)) || (b.kind === "ungrouped" && names(ones));
}
