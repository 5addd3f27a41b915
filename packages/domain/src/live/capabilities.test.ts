import { expect, test } from "vitest";
import { liveRoom, people, type Room } from "../../../testkit/src/arbitraries/index.ts";
import { audienceOf, capabilities, capabilitiesOf, grantsOf, type Capability } from "./capabilities.ts";
import type { Principal } from "./state.ts";

const { host, coHost, verifier, customer, stranger } = people;

function able(at: Room, who: Principal): ReadonlySet<Capability> {
  return capabilitiesOf(at.state, at.person(who));
}

const ordinary: readonly Capability[] = [
  "participant.report",
  "media.listen",
  "media.microphone",
  "media.camera",
  "media.screenShare",
  "chat.send",
  "hand.raise",
  "reaction.send",
];
const atTheDoor: readonly Capability[] = ["lobby.view", "admission.admit", "admission.deny"];
const hostsAlone: readonly Capability[] = [
  "meeting.resume",
  "participant.appoint",
  "ban.lift",
  "link.reopen",
  // Standing in for the verifier, as in admitting people from outside.
  "verificationCall.start",
];

test("[SEC-7] the roles and their abilities: nothing implied, nothing left over", () => {
  const at = liveRoom({ verifier: true }, coHost, verifier, customer);
  expect([...able(at, customer)].toSorted()).toEqual([...ordinary].toSorted());
  const calls: readonly Capability[] = ["verificationCall.start"];
  expect([...able(at, verifier)].toSorted()).toEqual([...ordinary, ...atTheDoor, ...calls].toSorted());
  // While breakout rooms are open there are some more, in decide/breakouts.test.ts.
  const later = (one: Capability) => one.startsWith("breakout.") && one !== "breakout.manage";
  const hosts = capabilities.filter((one) => one !== "participant.renameSelf" && !later(one));
  expect([...able(at, host)].toSorted()).toEqual([...hosts].toSorted());
  const coHosts = hosts.filter((one) => !hostsAlone.includes(one));
  expect([...able(at, coHost)].toSorted()).toEqual([...coHosts].toSorted());
});

test("[SEC-2] whoever is not admitted, or not in a live meeting, can do nothing at all", () => {
  const at = liveRoom({}, customer);
  at.ask(stranger);
  expect(able(at, stranger).size).toBe(0);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(able(at, customer).size).toBe(0);
  at.as(host, { type: "meeting.end" });
  expect(able(at, host).size).toBe(0);
});

test("[SEC-2] the SFU's grants are the capabilities, in its own words", () => {
  const at = liveRoom({ screenShare: "hosts", unmute: "hosts" }, customer);
  at.ask(stranger);
  expect(grantsOf(at.state, at.person(host))).toEqual({
    subscribe: true,
    sources: ["microphone", "camera", "screenShare", "screenShareAudio"],
  });
  expect(grantsOf(at.state, at.person(customer))).toEqual({ subscribe: true, sources: ["camera"] });
  expect(grantsOf(at.state, at.person(stranger))).toEqual({ subscribe: false, sources: [] });
});

test("[SEC-2] the stricter of policy and meeting counts, in both directions", () => {
  const at = liveRoom({ chat: "everyone" });
  const rights = { screenShare: "everyone", chat: "hosts", rename: "nobody", unmute: "everyone" } as const;
  at.as(host, { type: "meeting.setRights", rights });
  expect(audienceOf(at.state, "chat")).toBe("hosts");
  at.change({ chat: "nobody" });
  expect(audienceOf(at.state, "chat")).toBe("nobody");
});
