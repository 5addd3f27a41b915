import { expect, test } from "vitest";
import { iceServersFor } from "./ice-servers.ts";

const none = {
  stunServers: [],
  turnHost: undefined,
  turnPort: 443,
  turnProtocol: "tls",
  turnSecret: undefined,
} as const;

test("[DAT-5] with nothing set no server is named to the page", () => {
  expect(iceServersFor(none, "a", 0)).toEqual([]);
});

test("a TURN password is for one person and twelve hours, as coturn computes it", () => {
  const settings = { ...none, turnHost: "turn.example.jp", turnSecret: "north" };
  expect(iceServersFor(settings, "person", 1_000_000)).toEqual([
    {
      urls: ["turns:turn.example.jp:443?transport=tcp"],
      username: "44200:person",
      credential: "AhNJxR994vODCgxB+151SJVFJfk=",
    },
  ]);
});
