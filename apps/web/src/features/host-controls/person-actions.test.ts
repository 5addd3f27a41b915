import { expect, test } from "vitest";
import { sampleId, sampleMeta, samplePerson } from "../../api/live/samples.ts";
import { noPersonMedia } from "../../media/media-state.ts";
import { personActions, removable } from "./person-actions.ts";

const guest = samplePerson("guest", { external: true, badge: "unverified" });
const on = { ...noPersonMedia, microphone: true, camera: "t" };
const host = sampleMeta();
const coHost = sampleMeta({ role: "coHost" });

test("[SEC-2] without capabilities there is nothing to do", () => {
  expect(personActions(sampleMeta({ capabilities: [] }), guest, on)).toEqual([]);
});

test("[SEC-3] who speaks can be muted, who is muted can only be asked", () => {
  expect(personActions(host, guest, on)).toContain("mute");
  expect(personActions(host, guest, on)).not.toContain("askToUnmute");
  const muted = personActions(host, guest, noPersonMedia);
  expect(muted).toContain("askToUnmute");
  expect(muted).not.toContain("mute");
});

test("[SEC-7] nobody removes the host, and co-hosts do not remove each other", () => {
  const theHost = samplePerson("h", { role: "host" });
  const other = samplePerson("c", { role: "coHost" });
  for (const meta of [host, coHost]) expect(personActions(meta, theHost, on)).not.toContain("remove");
  expect(personActions(coHost, other, on)).not.toContain("remove");
  expect(personActions(host, other, on)).toContain("remove");
  expect(removable(coHost, [theHost, other, guest, samplePerson("self")])).toEqual([guest]);
});

test("on oneself: only the own hand and the own name", () => {
  const self = samplePerson("self", { handRaisedAt: 1, badge: "unverified" });
  expect(self.id).toBe(sampleId("self"));
  expect(personActions(host, self, on)).toEqual(["lowerHand", "rename"]);
});

test("a name of the organisation is not changed here; an external is not made co-host", () => {
  expect(personActions(host, samplePerson("a"), on)).not.toContain("rename");
  expect(personActions(host, guest, on)).toContain("rename");
  expect(personActions(host, guest, on)).not.toContain("coHost");
});
