/** Ours, with every check that it makes. */
import { groupEngine, type LeafIdentity, type MeetingGroup } from "@sekisho/e2ee";
import type { Contender, Group } from "./contender.ts";

const identityOf = (member: string): LeafIdentity => ({
  v: 1,
  kind: "guest",
  instance: "bench",
  group: "main",
  member,
  name: `Guest ${member}`,
  account: null,
});

const engines = new WeakMap<Group, MeetingGroup>();

async function held(group: MeetingGroup, wanted: Parameters<MeetingGroup["commit"]>[0]) {
  const own = await group.commit(wanted);
  group.confirm();
  return own;
}

function wrapped(group: MeetingGroup): Group {
  const wrapper: Group = {
    rekey: async () => (await held(group, {})).commit,
    add: async (keyPackage) => {
      const { commit, welcome } = await held(group, { add: [keyPackage] });
      return { commit, welcome: welcome ?? new Uint8Array() };
    },
    remove: async (member) => (await held(group, { remove: [member] })).commit,
    follow: async (commit) => {
      await group.receive(commit, () => true);
    },
    size: () => group.members().length,
    secret: async () => Buffer.from(await group.mediaBaseKey()).toString("hex"),
  };
  engines.set(wrapper, group);
  return wrapper;
}

export const ours: Contender = {
  name: "ours",
  found: async (suite) => {
    const policy = { v: 1, instance: "bench", group: "main", suite, admit: ["host"] } as const;
    return wrapped(
      await groupEngine.found(identityOf("host"), await groupEngine.makeDeviceKey(suite), policy),
    );
  },
  wait: async (suite, member) => {
    const key = await groupEngine.makeDeviceKey(suite);
    const { keyPackage, pending } = await groupEngine.makeKeyPackage(identityOf(member), key);
    return { keyPackage, join: async (welcome) => wrapped(await groupEngine.join(welcome, pending)) };
  },
  addAll: async (group, keyPackages) => {
    const engine = engines.get(group);
    if (engine === undefined) throw new Error("a group of ours");
    return (await held(engine, { add: keyPackages })).welcome ?? new Uint8Array();
  },
};
