import { beforeAll, describe, expect, it } from "vitest";
import {
  createCommit,
  createGroupInfoWithExternalPubAndRatchetTree,
  joinGroupExternal,
} from "ts-mls/createCommit.js";
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { createProposal } from "ts-mls/createMessage.js";
import type { Proposal } from "ts-mls/proposal.js";
import type { ProposalOrRef } from "ts-mls/proposalOrRefType.js";
import { toLeafIndex } from "ts-mls/treemath.js";
import { createUpdatePath, type UpdatePath } from "ts-mls/updatePath.js";
import type { Extension } from "ts-mls/extension.js";
import { addLeafNode, encodeRatchetTree, type RatchetTree } from "ts-mls/ratchetTree.js";
import type { LeafNode } from "ts-mls/leafNode.js";
import { sameBytes } from "./bytes.ts";
import { groupEngine } from "./engine.ts";
import type { Covers, GroupPolicy, MeetingGroup } from "./group.ts";
import { writeIdentity } from "./identity.ts";
import { makePackage } from "./key-packages.ts";
import { meetingGroup } from "./meeting-group.ts";
import { leafAt } from "./members.ts";
import { extensionOf } from "./policy.ts";
import { sealedTo } from "./seal-to.ts";
import { keyHandle } from "./suite-facts.ts";
import {
  asLibrary,
  bytesOf,
  candidate,
  insiderBy,
  libraryCommit,
  rawCommit,
  type Insider,
} from "./testing/insider.ts";
import { applicant, everything, identityOf, joined, policyFor, viewOf } from "./testing/people.ts";
import { keyPackageIn } from "./wire.ts";

const suite = "p256";

/** host admits; `a` is honest; `mallory` is a member without rules; `hostess` admits too, and keeps no rules either. */
async function company() {
  const key = await groupEngine.makeDeviceKey(suite);
  const host = await groupEngine.found(identityOf("host"), key, policyFor(suite, "host", "hostess"));
  const a = await applicant(suite, "a");
  const mallory = await candidate(suite, "mallory");
  const hostess = await candidate(suite, "hostess");
  const own = await host.commit({ add: [a.keyPackage, mallory.keyPackage, hostess.keyPackage] });
  host.confirm();
  return {
    host,
    a: await joined(own, a),
    mallory: await insiderBy(own, mallory),
    hostess: await insiderBy(own, hostess),
    own,
  };
}

let there: Awaited<ReturnType<typeof company>>;
beforeAll(async () => {
  there = await company();
});

async function refused(commit: Uint8Array, reason: string, covers: Covers = everything): Promise<void> {
  for (const one of [there.host, there.a]) {
    const before = await viewOf(one);
    await expect(one.receive(commit, covers)).rejects.toMatchObject({ reason });
    expect(await viewOf(one)).toBe(before);
  }
}

/** New keys as any commit may bring them. */
async function pathOf({ state, means }: Insider): Promise<UpdatePath> {
  const self = toLeafIndex(state.leaf);
  const [, path] = await createUpdatePath(state.tree, self, state.context, keyHandle, means.cs);
  return path;
}

const inline = (proposal: Proposal): ProposalOrRef => ({ proposalOrRefType: "proposal", proposal });
const removal = (removed: number): Proposal => ({ proposalType: "remove", remove: { removed } });
async function addition(member: string, changes = {}): Promise<Proposal> {
  const { own } = await candidate(suite, member, changes);
  return { proposalType: "add", add: { keyPackage: own.keyPackage } };
}
const policySet = (...admit: readonly string[]): Proposal => ({
  proposalType: "group_context_extensions",
  groupContextExtensions: { extensions: [extensionOf(policyFor(suite, ...admit))] },
});
const leafOf = (group: MeetingGroup, name: string) =>
  group.members().find(({ member }) => member === name)?.leaf ?? -1;

describe("a member without rules", () => {
  it("[ENC-7] brings in no ghost, and makes itself nobody who may", async () => {
    const ghost = await libraryCommit(there.mallory, [await addition("ghost")]);
    await refused(bytesOf(ghost.commit), "forbidden");
    const policy = inline(policySet("mallory"));
    await refused(await rawCommit(there.mallory, [policy], await pathOf(there.mallory)), "forbidden");
  });

  it("[ENC-7] invites nobody into a group of its own making", async () => {
    const guest = await applicant(suite, "guest");
    const keyPackage = keyPackageIn(guest.keyPackage);
    const { welcome } = await libraryCommit(there.mallory, [{ proposalType: "add", add: { keyPackage } }]);
    if (welcome === undefined) throw new Error("somebody was added");
    const bytes = bytesOf({ version: "mls10", wireformat: "mls_welcome", welcome });
    await expect(groupEngine.join(bytes, guest.pending)).rejects.toMatchObject({ reason: "forbidden" });
  });

  it("[ENC-7] removes nobody whom the gate's record does not name, and cannot act for another", async () => {
    const { commit } = await libraryCommit(there.mallory, [removal(leafOf(there.host, "host"))]);
    await refused(bytesOf(commit), "uncovered", ({ removed }) => removed.length === 0);
    const renamed = { ...there.mallory, state: { ...there.mallory.state, leaf: there.hostess.state.leaf } };
    await refused(await rawCommit(renamed, [inline(removal(0))]), "broken");
  });

  it.each(["host", "somebody-else"])("[ENC-4] does not become %s by new keys of its own", async (member) => {
    const { state, means } = there.mallory;
    const node = state.tree[state.leaf * 2];
    if (node?.nodeType !== "leaf") throw new Error("its own leaf");
    const credential = { credentialType: "basic", identity: writeIdentity(identityOf(member)) } as const;
    const tree = state.tree.with(state.leaf * 2, { nodeType: "leaf", leaf: { ...node.leaf, credential } });
    const self = toLeafIndex(state.leaf);
    const [, path] = await createUpdatePath(tree, self, state.context, keyHandle, means.cs);
    await refused(await rawCommit(there.mallory, [], path), "forbidden");
  });

  it("[ENC-5] writes to nobody in another's name", async () => {
    const { state, means } = there.mallory;
    const forged = await sealedTo({ ...state, leaf: there.hostess.state.leaf }, "a", Uint8Array.of(1), means);
    await expect(there.a.openFrom(forged)).rejects.toMatchObject({ reason: "broken" });
    const rightly = await sealedTo(state, "a", Uint8Array.of(1), means);
    expect((await there.a.openFrom(rightly)).from.member).toBe("mallory");
  });

  it("[ENC-2] takes no new signature key with new keys of its own", async () => {
    const { state, means } = there.mallory;
    const other = await candidate(suite, "mallory");
    const node = state.tree[state.leaf * 2];
    if (node?.nodeType !== "leaf") throw new Error("its own leaf");
    const leaf = { ...node.leaf, signaturePublicKey: other.own.key.publicKey };
    const tree = state.tree.with(state.leaf * 2, { nodeType: "leaf", leaf });
    const signing = { ...means.cs, signature: other.means.cs.signature };
    const self = toLeafIndex(state.leaf);
    const [, path] = await createUpdatePath(tree, self, state.context, keyHandle, signing);
    await refused(await rawCommit(there.mallory, [], path), "forbidden");
  });
});

describe("somebody who may admit, but keeps no rules", () => {
  it("[ENC-2] adds nobody twice, and nobody under another's key", async () => {
    const twice = await libraryCommit(there.hostess, [await addition("a")]);
    await refused(bytesOf(twice.commit), "forbidden");
    const both = [await addition("new"), await addition("new")];
    await refused(bytesOf((await libraryCommit(there.hostess, both)).commit), "forbidden");
    const own = await candidate(suite, "other");
    const key = { ...own.own.key };
    const sameKey = await makePackage(identityOf("second"), key);
    const pair = [own.own.keyPackage, sameKey.keyPackage].map((keyPackage) =>
      inline({ proposalType: "add", add: { keyPackage } }),
    );
    await refused(await rawCommit(there.hostess, pair), "forbidden");
  });

  it("[ENC-2] adds nobody of another meeting or group", async () => {
    const other = await libraryCommit(there.hostess, [await addition("x", { instance: "meeting-2" })]);
    await refused(bytesOf(other.commit), "foreign");
    const call = await libraryCommit(there.hostess, [await addition("x", { group: "call-1" })]);
    await refused(bytesOf(call.commit), "foreign");
  });

  it("[ENC-7] adds whom the gate's record does not know: uncovered", async () => {
    const { commit } = await libraryCommit(there.hostess, [await addition("ghost")]);
    await refused(bytesOf(commit), "uncovered", ({ added }) =>
      added.every(({ member }) => member !== "ghost"),
    );
  });

  it("[ENC-7] sets no policy of another group, none beside it, and none that leaves nobody who may admit", async () => {
    const foreign = extensionOf({ ...policyFor(suite, "hostess"), instance: "meeting-2" });
    const { extensionType, extensionData } = extensionOf(policyFor(suite, "hostess"));
    const sets = [
      [[foreign], "foreign"],
      [[extensionOf(policyFor("p384", "hostess"))], "foreign"],
      [[], "forbidden"],
      [
        [
          { extensionType, extensionData },
          { extensionType: 0xf054, extensionData },
        ],
        "forbidden",
      ],
      [[{ extensionType: "external_senders", extensionData }], "forbidden"],
      [[extensionOf(policyFor(suite, "nobody-here"))], "forbidden"],
    ] as const;
    const path = await pathOf(there.hostess);
    for (const [extensions, reason] of sets) {
      const proposal = inline({
        proposalType: "group_context_extensions",
        groupContextExtensions: { extensions: [...extensions] },
      });
      await refused(await rawCommit(there.hostess, [proposal], path), reason);
    }
  });

  it("[ENC-2] removes nobody, sets nothing and renews nothing without new keys", async () => {
    const remove = removal(leafOf(there.host, "mallory"));
    await refused(await rawCommit(there.hostess, [inline(remove)]), "forbidden");
    const policy = policySet("host", "hostess");
    await refused(await rawCommit(there.hostess, [inline(policy)]), "forbidden");
    await refused(await rawCommit(there.hostess, [policy, await addition("new")].map(inline)), "forbidden");
    await refused(await rawCommit(there.hostess, []), "forbidden");
  });

  it("[ENC-2] proves with its tag that all come to the same keys", async () => {
    await refused(await rawCommit(there.hostess, [inline(await addition("new"))]), "broken");
  });

  it("[ENC-2] makes no commit in a receiver's own name", async () => {
    const { hostess } = there;
    const twin = meetingGroup(structuredClone(hostess.state), hostess.means);
    const { commit } = await libraryCommit(hostess, []);
    await expect(twin.receive(bytesOf(commit), everything)).rejects.toMatchObject({ reason: "forbidden" });
  });

  it("[ENC-2] removes no empty place, nobody twice, and not itself", async () => {
    const own = there.hostess.state.leaf;
    const other = leafOf(there.host, "mallory");
    const path = await pathOf(there.hostess);
    for (const leaves of [[77], [other, other], [own]]) {
      const proposals = leaves.map((leaf) => inline(removal(leaf)));
      await refused(await rawCommit(there.hostess, proposals, path), "forbidden");
    }
  });
});

/** What somebody who may admit could put into a Welcome, if it kept no rules. */
type Bent = {
  readonly tree?: (tree: RatchetTree) => RatchetTree;
  readonly shownTree?: RatchetTree;
  readonly policy?: GroupPolicy;
  readonly further?: readonly Extension[];
};

async function invitation({ tree = (one) => one, shownTree, policy, further = [] }: Bent) {
  const guest = await applicant(suite, "guest");
  const { state, means } = there.hostess;
  const extensions = policy === undefined ? state.context.extensions : [extensionOf(policy)];
  const bent = { ...state, tree: tree(state.tree), context: { ...state.context, extensions } };
  const keyPackage = keyPackageIn(guest.keyPackage);
  // With something behind it the right tree, so that it is the only thing wrong.
  const [whole] = addLeafNode(state.tree, keyPackage.leafNode);
  const shown = shownTree ?? (further.length > 0 ? whole : null);
  const { welcome } = await createCommit(
    { state: asLibrary({ state: bent, means }), cipherSuite: means.cs },
    {
      wireAsPublicMessage: true,
      extraProposals: [{ proposalType: "add", add: { keyPackage } }],
      ratchetTreeExtension: shown === null,
      groupInfoExtensions: [...(shown === null ? [] : [treeExtension(shown)]), ...further],
    },
  );
  if (welcome === undefined) throw new Error("somebody was added");
  return { guest, bytes: bytesOf({ version: "mls10", wireformat: "mls_welcome", welcome }) };
}

const treeExtension = (tree: RatchetTree): Extension => ({
  extensionType: "ratchet_tree",
  extensionData: encodeRatchetTree(tree),
});

function leafChanged(tree: RatchetTree, index: number, change: (leaf: LeafNode) => LeafNode): RatchetTree {
  const leaf = leafAt(tree, index);
  if (leaf === null) throw new Error("nobody is there");
  return tree.with(index * 2, { nodeType: "leaf", leaf: change(leaf) });
}

const withParent = (tree: RatchetTree, unmergedLeaves: readonly number[]): RatchetTree => {
  const parent = {
    hpkePublicKey: there.hostess.state.context.groupId,
    parentHash: new Uint8Array(),
    unmergedLeaves: unmergedLeaves.map(toLeafIndex),
  };
  return tree.with(1, { nodeType: "parent", parent });
};

const renamed = (leaf: LeafNode): LeafNode => ({
  ...leaf,
  credential: {
    credentialType: "basic",
    identity: writeIdentity(identityOf("a", { name: "Somebody else" })),
  },
});

describe("a Welcome", () => {
  const invitations: readonly (readonly [string, () => Bent, string])[] = [
    ["somebody under another name", () => ({ tree: (tree) => leafChanged(tree, 1, renamed) }), "broken"],
    ["a member twice", () => ({ tree: (tree) => leafChanged(tree, 2, renamed) }), "forbidden"],
    ["a parent that nobody made", () => ({ tree: (tree) => withParent(tree, []) }), "broken"],
    ["a leaf to be merged that is not there", () => ({ tree: (tree) => withParent(tree, [99]) }), "broken"],
    ["a leaf to be merged that is elsewhere", () => ({ tree: (tree) => withParent(tree, [3]) }), "broken"],
    ["a tree that is not the group's", () => ({ shownTree: there.hostess.state.tree }), "broken"],
    [
      "the policy of another meeting",
      () => ({ policy: { ...policyFor(suite, "hostess"), instance: "meeting-2" } }),
      "foreign",
    ],
    ["the policy of another suite", () => ({ policy: policyFor("p384", "hostess") }), "foreign"],
    ["a policy by which its maker may not admit", () => ({ policy: policyFor(suite, "host") }), "forbidden"],
    [
      "a way in for anybody",
      () => ({ further: [{ extensionType: "external_pub", extensionData: new Uint8Array(65) }] }),
      "forbidden",
    ],
  ];

  it.each(invitations)("[ENC-7] with %s in it lets nobody in", async (_what, bent, reason) => {
    const { guest, bytes } = await invitation(bent());
    await expect(groupEngine.join(bytes, guest.pending)).rejects.toMatchObject({ reason });
  });

  it("[ENC-7] with nothing bent does, even if nobody else took the commit", async () => {
    const { guest, bytes } = await invitation({});
    expect((await groupEngine.join(bytes, guest.pending)).self.member).toBe("guest");
  });
});

describe("what the profile does not have", () => {
  const psk: Proposal = {
    proposalType: "psk",
    psk: { preSharedKeyId: { psktype: "external", pskId: Uint8Array.of(1), pskNonce: new Uint8Array(32) } },
  };
  const others: readonly (readonly [string, () => Promise<Proposal>])[] = [
    ["PSK", async () => psk],
    ["an unknown type", async () => ({ proposalType: 0xf0aa, proposalData: new Uint8Array() })],
    [
      "ReInit",
      async () => ({
        proposalType: "reinit",
        reinit: {
          groupId: new Uint8Array(16),
          version: "mls10",
          cipherSuite: there.mallory.state.context.cipherSuite,
          extensions: [],
        },
      }),
    ],
    [
      "ExternalInit",
      async () => ({ proposalType: "external_init", externalInit: { kemOutput: new Uint8Array(65) } }),
    ],
  ];

  it.each(others)("[ENC-2] refuses a commit with %s in it", async (_name, proposal) => {
    await refused(
      await rawCommit(there.hostess, [inline(await proposal())], await pathOf(there.hostess)),
      "forbidden",
    );
  });

  it("[ENC-2] refuses proposals on their own and by reference, and commits that are not public", async () => {
    const state = asLibrary(there.hostess);
    const { message } = await createProposal(state, true, removal(0), there.hostess.means.cs);
    await refused(bytesOf(message), "forbidden");
    const reference = { proposalOrRefType: "reference", reference: new Uint8Array(32) } as const;
    await refused(await rawCommit(there.hostess, [reference], await pathOf(there.hostess)), "forbidden");
    const hidden = await libraryCommit(there.hostess, [], false);
    await refused(bytesOf(hidden.commit), "forbidden");
    await expect(there.a.open(bytesOf(hidden.commit))).rejects.toMatchObject({ reason: "forbidden" });
    await refused(
      await rawCommit(there.hostess, [], await pathOf(there.hostess), Uint8Array.of(1)),
      "forbidden",
    );
  });

  it("[ENC-7] refuses an external commit, also one that puts somebody else out", async () => {
    const { means } = there.mallory;
    const info = await createGroupInfoWithExternalPubAndRatchetTree(asLibrary(there.mallory), [], means.cs);
    const outsider = await candidate(suite, "outsider");
    const keys = {
      initPrivateKey: outsider.own.initKey,
      hpkePrivateKey: outsider.own.leafKey,
      signaturePrivateKey: keyHandle,
    };
    const victim = leafAt(there.mallory.state.tree, leafOf(there.host, "a"));
    const config = {
      ...defaultClientConfig,
      keyPackageEqualityConfig: {
        compareKeyPackages: () => false,
        compareKeyPackageToLeafNode: (_one: unknown, leaf: LeafNode) =>
          victim !== null && sameBytes(leaf.signaturePublicKey, victim.signaturePublicKey),
      },
    };
    for (const evicting of [false, true]) {
      const cs = outsider.means.cs;
      const external = await joinGroupExternal(
        info,
        outsider.own.keyPackage,
        keys,
        evicting,
        cs,
        undefined,
        config,
      );
      const { publicMessage } = external;
      const message = { version: "mls10", wireformat: "mls_public_message", publicMessage } as const;
      await refused(bytesOf(message), "forbidden");
    }
  });
});

describe("a server without rules", () => {
  it("[ENC-2] replays, reorders, forks and bends commits in vain", async () => {
    const { host, a } = await company();
    const first = await host.commit({});
    host.confirm();
    const second = await host.commit({});
    host.confirm();
    const view = await viewOf(a);
    await expect(a.receive(second.commit, everything)).rejects.toMatchObject({ reason: "foreign" });
    for (let at = 0; at < first.commit.length; at += 23) {
      const bent = first.commit.with(at, (first.commit[at] ?? 0) ^ 0x40);
      await expect(a.receive(bent, everything)).rejects.toThrow();
    }
    await expect(a.receive(Uint8Array.of(...first.commit, 0), everything)).rejects.toMatchObject({
      reason: "broken",
    });
    await expect(a.receive(there.own.commit, everything)).rejects.toMatchObject({ reason: "foreign" });
    expect(await viewOf(a)).toBe(view);
    await a.receive(first.commit, everything);
    await expect(a.receive(first.commit, everything)).rejects.toMatchObject({ reason: "stale" });
    await a.receive(second.commit, everything);
    expect(await viewOf(a)).toBe(await viewOf(host));
    await expect(host.receive(second.commit, everything)).rejects.toMatchObject({ reason: "stale" });
  });

  it("[ENC-4] leads two parts of a group apart, and their codes differ and nothing passes between them", async () => {
    const { host, a, mallory } = await company();
    const forked = await libraryCommit(mallory, []);
    const own = await host.commit({});
    host.confirm();
    await a.receive(bytesOf(forked.commit), everything);
    expect(a.epoch).toBe(host.epoch);
    expect(await a.safetyCode()).not.toBe(await host.safetyCode());
    await expect(a.receive(own.commit, everything)).rejects.toMatchObject({ reason: "stale" });
    const next = await host.commit({});
    host.confirm();
    await expect(a.receive(next.commit, everything)).rejects.toMatchObject({ reason: "broken" });
    await expect(a.open(await host.seal(Uint8Array.of(1)))).rejects.toThrow();
  });

  it("[ENC-2] gives a Welcome twice, or to somebody else", async () => {
    const key = await groupEngine.makeDeviceKey(suite);
    const host = await groupEngine.found(identityOf("host"), key, policyFor(suite, "host"));
    const one = await applicant(suite, "one");
    const other = await applicant(suite, "other");
    const own = await host.commit({ add: [one.keyPackage] });
    host.confirm();
    const welcome = own.welcome ?? new Uint8Array();
    await expect(groupEngine.join(welcome, other.pending)).rejects.toMatchObject({ reason: "foreign" });
    const bent = welcome.with(-20, (welcome.at(-20) ?? 0) ^ 1);
    await expect(groupEngine.join(bent, one.pending)).rejects.toMatchObject({ reason: "broken" });
    await joined(own, one);
    await expect(joined(own, one)).rejects.toMatchObject({ reason: "stale" });
  });
});
