/** Ways in that somebody found and that are closed: each stays here as it was walked. */
import { expect, test } from "vitest";
import { liveRoom, people, room } from "../../../testkit/src/arbitraries/index.ts";
import { capabilitiesOf } from "./capabilities.ts";
import { looksLike, nameProblem } from "../names/skeleton.ts";

const { host, coHost, verifier, customer } = people;

test("[SEC-7] a co-host whom the host has taken the role from does not get it back by leaving and asking again", () => {
  const at = liveRoom({}, coHost);
  at.as(host, { type: "participant.appoint", admissionId: at.idOf(coHost), role: "participant" });
  at.as(host, { type: "meeting.lock", locked: true });
  at.as(coHost, { type: "participant.leave", handTo: null });
  at.ask(coHost);
  expect([at.statusOf(coHost), at.person(coHost).role]).toEqual(["waiting", "participant"]);
});

test("[CNF-3] a co-host and a verifier taken off the meeting while it is live hold no power any more", () => {
  const at = liveRoom({ verifier: true }, coHost, verifier);
  at.ask(customer);
  at.change({ verifier: false, coHosts: [] });
  const able = (who: typeof coHost) => capabilitiesOf(at.state, at.person(who)).has("admission.admit");
  expect([able(coHost), able(verifier)]).toEqual([false, false]);
});

test("[CNF-3] who waits is measured by the policy of the moment of admission: sign-in locked on meanwhile", () => {
  const at = liveRoom();
  at.ask(customer);
  at.change({ locks: { whoMayJoin: "signedIn" } });
  const rows = at.rowsOf(customer);
  expect(
    at.codeOf(host, { type: "admission.admit", rows, method: null, standInReason: null }),
  ).not.toBeNull();
});

test("[SEC-1] a co-host does not undo the host's stop by ending and reopening the meeting", () => {
  const at = liveRoom({}, coHost);
  at.as(host, { type: "meeting.suspend" });
  at.as(coHost, { type: "meeting.end" });
  at.ask(coHost);
  expect([at.state.suspended !== null, at.state.locked !== null]).toEqual([true, true]);
});

test("[IDN-4] a verification does not outlive the name it was made for", () => {
  const at = liveRoom({ verifier: true, rename: "everyone" });
  at.ask(customer, { name: "大庭 修一郎" });
  at.letIn(customer);
  at.connect(customer);
  at.as(customer, {
    type: "participant.rename",
    admissionId: at.idOf(customer),
    displayName: "常盤 健",
    affiliation: "金融庁",
  });
  expect(at.person(customer).verification).toBeNull();
});

test("[ADM-8] who leaves just before being removed can still be barred", () => {
  const at = liveRoom({ waitingRoom: false }, customer);
  at.as(customer, { type: "participant.leave", handTo: null });
  at.codeOf(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(at.outcome(customer).kind).toBe("refused");
});

test("[ADM-10] a blank that is no space does not make the host's name free, nor an invisible name a name", () => {
  for (const blank of ["\u2800", "\u{1D159}"]) {
    expect(looksLike("佐藤 花子", `佐藤${blank}花子`)).toBe(true);
    expect(nameProblem(blank)).not.toBeNull();
  }
});

test("[ADM-10] the name under which a host is in the meeting cannot be taken, whatever the settings were", () => {
  const at = room();
  at.ask(host, { name: "佐久間 里奈" });
  expect(at.outcome(customer, { name: "佐久間 里奈" }).kind).toBe("nameNotAccepted");
});
