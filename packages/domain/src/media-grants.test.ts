import { expect, test } from "vitest";
import { grantsEqual, noGrants } from "./media-grants.ts";

test("[SEC-2] grants are compared by what they allow, not by how they are written", () => {
  const a = { subscribe: true, sources: ["camera", "microphone"] } as const;
  expect(grantsEqual(a, { subscribe: true, sources: ["microphone", "camera", "camera"] })).toBe(true);
  expect(grantsEqual(a, { subscribe: false, sources: ["camera", "microphone"] })).toBe(false);
  expect(grantsEqual(a, { subscribe: true, sources: ["camera"] })).toBe(false);
  expect(grantsEqual(a, { subscribe: true, sources: ["camera", "screenShare"] })).toBe(false);
});

test("[SEC-2] no grants allow nothing", () => {
  expect(noGrants).toEqual({ subscribe: false, sources: [] });
});
