import { groupEngine, type LeafIdentity } from "@sekisho/e2ee";
import { expect, test } from "vitest";
import { createLocalGroups } from "./local-groups.ts";

const identity = (member: string): LeafIdentity => ({
  ...{ v: 1, kind: "guest", instance: "instance-of-the-test", group: "main" },
  ...{ member, name: member, account: null },
});

/** The groups of one device, and of each epoch whether sending changes at once. */
function device() {
  const atOnce: boolean[] = [];
  const groups = createLocalGroups({
    engine: groupEngine,
    deviceKey: (_, suite) => groupEngine.makeDeviceKey(suite),
    feed: {
      epoch: (_, __, { removal }) => {
        atOnce.push(removal);
        return Promise.resolve();
      },
      attach: () => undefined,
      forget: () => undefined,
    },
  });
  return { groups, atOnce };
}

const packageOf = (member: string) => device().groups.offer(identity(member), "p256");

test("[ENC-2] after a removal sending changes at once, also where as many or more come in the same step", async () => {
  const { groups, atOnce } = device();
  await groups.found(identity("host"), "p256", 1);
  await groups.commit("main", { add: [await packageOf("first")], remove: [], policy: null });
  await groups.confirm("main");
  expect(atOnce).toEqual([true, false]);
  const add = [await packageOf("second"), await packageOf("third")];
  await groups.commit("main", { add, remove: ["first"], policy: null });
  await groups.confirm("main");
  expect(atOnce).toEqual([true, false, true]);
});
