/** What a commit wants, out of the few things that one may want here, and who may want them. */
import type { Commit } from "ts-mls/commit.js";
import type { KeyPackage } from "ts-mls/keyPackage.js";
import type { Proposal } from "ts-mls/proposal.js";
import { addLeafNode, removeLeafNode, type RatchetTree } from "ts-mls/ratchetTree.js";
import { nodeToLeafIndex, toLeafIndex, type LeafIndex } from "ts-mls/treemath.js";
import { GroupRefused, type Change, type GroupPolicy, type Member } from "./group.ts";
import { leafAt, memberAt, membersOf, refuseDoubles } from "./members.ts";
import { extensionOf, mayFollow, policyIn } from "./policy.ts";
import { checkKeyPackage } from "./profile.ts";
import type { Means, State } from "./state.ts";

export type Plan = {
  readonly add: readonly KeyPackage[];
  readonly remove: readonly number[];
  readonly policy: GroupPolicy | null;
};

/** Only Add, Remove and one policy, each in the commit itself: everything else is refused, known to RFC 9420 or not. */
export function planIn(commit: Commit): Plan {
  const proposals = commit.proposals.map((one) => {
    if (one.proposalOrRefType !== "proposal") throw new GroupRefused("forbidden");
    return one.proposal;
  });
  const add = proposals.flatMap((one) => (one.proposalType === "add" ? [one.add.keyPackage] : []));
  const remove = proposals.flatMap((one) => (one.proposalType === "remove" ? [one.remove.removed] : []));
  const contexts = proposals.flatMap((one) =>
    one.proposalType === "group_context_extensions" ? [one.groupContextExtensions.extensions] : [],
  );
  const known = add.length + remove.length + contexts.length === proposals.length;
  if (!known || contexts.length > 1) throw new GroupRefused("forbidden");
  const [context] = contexts;
  const policy = context === undefined ? null : policyIn(context);
  if (context !== undefined && policy === null) throw new GroupRefused("forbidden");
  return { add, remove, policy };
}

export function proposalsOf({ add, remove, policy }: Plan): readonly Proposal[] {
  return [
    ...(policy === null ? [] : [contextProposal(policy)]),
    ...remove.map((removed): Proposal => ({ proposalType: "remove", remove: { removed } })),
    ...add.map((keyPackage): Proposal => ({ proposalType: "add", add: { keyPackage } })),
  ];
}

function contextProposal(policy: GroupPolicy): Proposal {
  return {
    proposalType: "group_context_extensions",
    groupContextExtensions: { extensions: [extensionOf(policy)] },
  };
}

/** RFC 9420, 12.4 and 17.4: only a commit that does nothing but add may go without new keys. */
export function needsPath({ add, remove, policy }: Plan): boolean {
  return add.length === 0 || remove.length > 0 || policy !== null;
}

export type Outcome = {
  readonly change: Change;
  readonly tree: RatchetTree;
  readonly policy: GroupPolicy;
  readonly added: readonly (readonly [LeafIndex, KeyPackage])[];
};

/** Throws GroupRefused, or says what becomes of the group. Who sent it must be proved by then. */
export async function carryOut(state: State, plan: Plan, sender: number, means: Means): Promise<Outcome> {
  const by = memberAt(state.tree, sender, state.policy);
  if (by === null) throw new GroupRefused("forbidden");
  refuseUnadmitting(by, plan, state.policy);
  const removed = removedBy(state, plan, sender);
  for (const keyPackage of plan.add) await checkKeyPackage(keyPackage, means.suite, means.cs);
  const policy = plan.policy ?? state.policy;
  const { tree, added } = changedTree(state.tree, plan);
  refuseDoubles(tree, policy);
  const members = membersOf(tree, policy);
  if (plan.policy !== null && !members.some(({ member }) => policy.admit.includes(member))) {
    throw new GroupRefused("forbidden");
  }
  const leaves = new Set<number>(added.map(([leaf]) => leaf));
  const change = { by, added: members.filter(({ leaf }) => leaves.has(leaf)), removed, policy: plan.policy };
  return { change, tree, policy, added };
}

/** Adding and the policy are for those in `admit`; a removal is anybody's to ask for: the gate's record has to cover it. */
function refuseUnadmitting(by: Member, plan: Plan, current: GroupPolicy): void {
  const admits = current.admit.includes(by.member);
  if (!admits && (plan.add.length > 0 || plan.policy !== null)) throw new GroupRefused("forbidden");
  if (plan.policy !== null && !mayFollow(plan.policy, current)) throw new GroupRefused("foreign");
}

function removedBy(state: State, plan: Plan, sender: number): readonly Member[] {
  if (plan.remove.includes(sender)) throw new GroupRefused("forbidden");
  return plan.remove.map((leaf) => {
    const member = memberAt(state.tree, leaf, state.policy);
    if (member === null) throw new GroupRefused("forbidden");
    return member;
  });
}

function changedTree(from: RatchetTree, plan: Plan): Pick<Outcome, "tree" | "added"> {
  let tree = from;
  for (const leaf of plan.remove) {
    if (leafAt(tree, leaf) === null) throw new GroupRefused("forbidden");
    tree = removeLeafNode(tree, toLeafIndex(leaf));
  }
  const added: (readonly [LeafIndex, KeyPackage])[] = [];
  for (const keyPackage of plan.add) {
    const [grown, node] = addLeafNode(tree, keyPackage.leafNode);
    tree = grown;
    added.push([nodeToLeafIndex(node), keyPackage]);
  }
  return { tree, added };
}
