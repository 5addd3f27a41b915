import { expect, test } from "vitest";
import { sampleMeta, samplePerson } from "../../api/live/samples.ts";
import { successor } from "./successor.ts";

const meta = sampleMeta();
const of = (...people: ReturnType<typeof samplePerson>[]) => successor({ people, meta })?.displayName ?? null;

test("[SEC-7] a co-host who is here comes first, an external never", () => {
  const self = samplePerson("self", { role: "host" });
  const account = samplePerson("account");
  const guest = samplePerson("guest", { external: true, badge: "unverified" });
  const coHost = samplePerson("coHost", { role: "coHost" });
  expect(of(self, guest, account, coHost)).toBe("coHost");
  expect(of(self, guest, account)).toBe("account");
  expect(of(self, guest)).toBeNull();
  expect(of(self, { ...coHost, connected: false }, account)).toBe("account");
});
