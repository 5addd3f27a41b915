import { expect, test } from "vitest";
import { withLock } from "./locks.ts";

test("[MTG-7] a lock that is taken away leaves nothing behind, and the others as they were", () => {
  const locks = { waitingRoom: true, chat: "hosts" } as const;
  expect(withLock(locks, "passcodeRequired", true)).toEqual({ ...locks, passcodeRequired: true });
  expect(Object.keys(withLock(locks, "waitingRoom", undefined))).toEqual(["chat"]);
  expect(withLock(locks, "chat", "nobody")).toEqual({ waitingRoom: true, chat: "nobody" });
});
