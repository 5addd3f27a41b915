import { expect, test } from "vitest";
import { sampleMeta } from "../api/live/samples.ts";
import { choices, fixedKey, includes, reasonFor, type Audience, type PolicySource } from "./rights.ts";

function meta(limit: Audience, fixedBy: PolicySource[], role: "host" | "participant" = "participant") {
  const base = sampleMeta({ role, confidentiality: "high" });
  return { ...base, rights: { ...base.rights, screenShare: { value: "nobody" as const, limit, fixedBy } } };
}

test("[CNF-3] the reason names who decided it", () => {
  expect(reasonFor(meta("nobody", ["preset"]), "screenShare")).toBe("reason.class.high");
  expect(reasonFor(meta("nobody", ["preset", "barrier"]), "screenShare")).toBe("reason.barrier");
  expect(reasonFor(meta("nobody", ["organisation"]), "screenShare")).toBe("reason.organisation");
  expect(reasonFor(meta("everyone", []), "screenShare")).toBe("reason.host");
});

test("[SEC-1] while everything is stopped that is the only reason", () => {
  const stopped = { ...meta("nobody", ["preset"]), suspended: { at: 1, byName: "佐久間" } };
  expect(reasonFor(stopped, "screenShare")).toBe("reason.suspended");
});

test("a limit on others is not a limit on hosts", () => {
  expect(reasonFor(meta("hosts", ["preset"], "host"), "screenShare")).toBe("reason.host");
  expect(reasonFor(meta("hosts", ["preset"]), "screenShare")).toBe("reason.class.high");
  expect(includes("hosts", "verifier")).toBe(false);
});

test("[SEC-2] hosts choose within the limit only", () => {
  expect(choices("nobody")).toEqual(["nobody"]);
  expect(choices("hosts")).toEqual(["nobody", "hosts"]);
  expect(choices("everyone")).toEqual(["nobody", "hosts", "everyone"]);
  expect(fixedKey(["meeting", "preset"], "high")).toBe("fixed.preset.high");
  expect(fixedKey([], "low")).toBeNull();
});
