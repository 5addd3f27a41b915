import { expect, test } from "vitest";
import { account, liveRoom, people, type Room } from "../../../../testkit/src/arbitraries/index.ts";
import { capabilitiesOf, grantsOf } from "../capabilities.ts";
import type { Principal } from "../state.ts";
import { id } from "../../unsafe.ts";

const { host, coHost, verifier, colleague, customer, stranger } = people;

function removing(at: Room, who: Principal, report = false) {
  return { type: "participant.remove", admissionId: at.idOf(who), report } as const;
}
function firstBan(at: Room) {
  return [...at.state.bans.keys()][0] ?? id.ban("none");
}

test("[ADM-8] a removed account is refused on every device, under every name, until the host lifts it", () => {
  const at = liveRoom({}, colleague);
  at.as(host, removing(at, colleague));
  for (const again of [colleague, account("colleague", "phone"), account("colleague", "new browser")])
    expect(at.outcome(again, { name: "Somebody Else" })).toEqual({
      kind: "refused",
      reason: "removed_before",
    });
  at.as(host, { type: "ban.lift", banId: firstBan(at) });
  expect(at.outcome(colleague)).toMatchObject({ kind: "register", enter: false });
});

test("[ADM-8] a removed guest shuts the link for unproved people, and for nobody else, until it is reopened", () => {
  const at = liveRoom({}, customer);
  at.as(host, removing(at, customer));
  expect(at.state.linkClosedToUnproved).toBe(true);
  expect(at.outcome(stranger)).toEqual({ kind: "refused", reason: "link_closed" });
  expect(at.outcome(colleague).kind).toBe("register");
  at.as(host, { type: "link.reopen" });
  expect(at.outcome(stranger).kind).toBe("register");
  expect(at.outcome(customer)).toEqual({ kind: "refused", reason: "removed_before" });
});

test("[ADM-8] guests who are in or waiting already keep their place when the link shuts", () => {
  const at = liveRoom({}, customer);
  at.ask(stranger);
  at.bringIn(people.invited);
  at.as(host, removing(at, customer));
  expect(at.outcome(stranger).kind).toBe("existing");
});

test("[ADM-8] a removed account does not shut the link", () => {
  const at = liveRoom({}, colleague);
  at.as(host, removing(at, colleague));
  expect(at.state.linkClosedToUnproved).toBe(false);
});

test("[MTG-3] removals hold through the end and a new start of the same instance", () => {
  const at = liveRoom({}, colleague);
  at.as(host, removing(at, colleague));
  at.as(host, { type: "meeting.end" });
  at.bringIn(host);
  expect(at.state.phase).toBe("live");
  expect(at.outcome(colleague)).toEqual({ kind: "refused", reason: "removed_before" });
});

test("[SEC-7] the host cannot be removed by anybody; co-hosts only by the host; nobody removes themselves", () => {
  const at = liveRoom({}, coHost, colleague, customer);
  at.as(host, { type: "participant.appoint", admissionId: at.idOf(colleague), role: "coHost" });
  expect(at.codeOf(coHost, removing(at, host))).toBe("host_cannot_be_removed");
  expect(at.codeOf(colleague, removing(at, coHost))).toBe("not_allowed");
  expect(at.codeOf(host, removing(at, host))).toBe("host_cannot_be_removed");
  expect(at.codeOf(customer, removing(at, coHost))).toBe("not_allowed");
  expect(at.codeOf(host, removing(at, coHost))).toBeNull();
  expect(at.codeOf(colleague, removing(at, customer))).toBeNull();
});

test("[SEC-7] the host is not demoted, and only the host promotes", () => {
  const at = liveRoom({}, coHost, customer, colleague);
  const role = (who: Principal, to: "coHost" | "participant") =>
    ({ type: "participant.appoint", admissionId: at.idOf(who), role: to }) as const;
  expect(at.codeOf(coHost, role(colleague, "coHost"))).toBe("not_allowed");
  expect(at.codeOf(host, role(host, "participant"))).toBe("host_cannot_be_removed");
  expect(at.codeOf(host, role(coHost, "coHost"))).toBe("nothing_to_do");
  // A guest, for whom nobody answers, never decides who comes in.
  expect(at.codeOf(host, role(customer, "coHost"))).toBe("not_allowed");
  at.as(host, role(colleague, "coHost"));
  expect(capabilitiesOf(at.state, at.person(colleague)).has("participant.remove")).toBe(true);
  at.as(host, role(colleague, "participant"));
  expect(capabilitiesOf(at.state, at.person(colleague)).has("participant.remove")).toBe(false);
});

test("[SEC-7] a host who hands over and leaves is host again on returning", () => {
  const at = liveRoom({}, colleague);
  at.as(host, { type: "participant.leave", handTo: at.idOf(colleague) });
  expect(at.person(colleague).role).toBe("coHost");
  at.bringIn(host);
  expect(at.person(host)).toMatchObject({ role: "host", status: { kind: "admitted" } });
  at.as(host, removing(at, colleague));
});

test("[SEC-7] handing over is the host's alone, and to somebody who is inside", () => {
  const at = liveRoom({}, coHost, colleague);
  at.ask(customer);
  const leaving = (who: Principal) => ({ type: "participant.leave", handTo: at.idOf(who) }) as const;
  expect(at.codeOf(coHost, leaving(colleague))).toBe("not_allowed");
  expect(at.codeOf(host, leaving(customer))).toBe("no_such_person");
  expect(at.codeOf(host, leaving(coHost))).toBeNull();
});

test("[SEC-3] hosts mute one, several or all others, but never the host; nothing unmutes anybody", () => {
  const at = liveRoom({}, coHost, colleague, customer);
  const others = { type: "participant.mute", admissionIds: "others", source: "microphone" } as const;
  expect(at.as(coHost, others)).toEqual([
    {
      type: "participant.muted",
      admissionIds: [at.idOf(colleague), at.idOf(customer)],
      by: at.idOf(coHost),
      source: "microphone",
    },
  ]);
  expect(at.codeOf(customer, others)).toBe("not_allowed");
  const alone = liveRoom();
  expect(alone.codeOf(host, others)).toBe("nothing_to_do");
  const named = { ...others, admissionIds: [id.admission("nobody")] };
  expect(at.codeOf(host, named)).toBe("no_such_person");
});

test("[SEC-3] asking to unmute opens nothing that the person's own hand does not, and a new mute takes it back", () => {
  const at = liveRoom({ unmute: "hosts" }, customer);
  const sources = () => grantsOf(at.state, at.person(customer)).sources;
  const ask = { type: "participant.askToUnmute", admissionId: at.idOf(customer) } as const;
  expect(sources()).not.toContain("microphone");
  expect(at.codeOf(customer, ask)).toBe("not_allowed");
  at.as(host, ask);
  expect(sources()).toContain("microphone");
  at.as(host, { type: "participant.mute", admissionIds: [at.idOf(customer)], source: "camera" });
  expect(sources()).toContain("microphone");
  at.as(host, { type: "participant.mute", admissionIds: [at.idOf(customer)], source: "microphone" });
  expect(sources()).not.toContain("microphone");
});

test("[ADM-10] a guest does not become the host by renaming, nor by a host's hand", () => {
  const at = liveRoom({ rename: "everyone" }, customer);
  const rename = (displayName: string) =>
    ({ type: "participant.rename", admissionId: at.idOf(customer), displayName, affiliation: "" }) as const;
  expect(at.codeOf(customer, rename("佐藤花子"))).toBe("name_not_accepted");
  expect(at.codeOf(host, rename("ken tanaka"))).toBe("name_not_accepted");
  expect(at.codeOf(customer, rename(" Yamada "))).toBeNull();
  expect(at.person(customer).displayName).toBe("Yamada");
});

test("[SEC-2] people rename themselves only where they may, and never an account", () => {
  const at = liveRoom({ rename: "nobody" }, colleague, customer, stranger);
  const rename = (who: Principal) =>
    ({ type: "participant.rename", admissionId: at.idOf(who), displayName: "New", affiliation: "" }) as const;
  expect(at.codeOf(customer, rename(customer))).toBe("not_allowed");
  expect(at.codeOf(stranger, rename(customer))).toBe("not_allowed");
  expect(at.codeOf(host, rename(colleague))).toBe("not_allowed");
  expect(at.codeOf(host, rename(customer))).toBeNull();
});

test("[SEC-5] hands go up by their owner, and down by the owner or a host", () => {
  const at = liveRoom({}, colleague, customer);
  at.as(customer, { type: "hand.raise" });
  const lower = { type: "hand.lower", admissionId: at.idOf(customer) } as const;
  expect(at.codeOf(colleague, lower)).toBe("not_allowed");
  expect(at.as(host, lower)).toHaveLength(1);
  expect(at.person(customer).handRaisedAt).toBeNull();
  expect(at.as(customer, lower)).toEqual([]);
});

test("[SEC-1] anybody inside may report somebody inside; the report is on record", () => {
  const at = liveRoom({}, colleague, customer);
  const report = { type: "participant.report", admissionId: at.idOf(colleague) } as const;
  expect(at.as(customer, report)).toMatchObject([{ type: "participant.reported", by: at.idOf(customer) }]);
  expect(at.as(host, removing(at, colleague, true))).toMatchObject([{ reported: true }]);
});

test("[ADM-8] only hosts lift a ban or open the link again", () => {
  const at = liveRoom({ verifier: true }, verifier, colleague, customer);
  at.as(host, removing(at, customer));
  const lift = { type: "ban.lift", banId: firstBan(at) } as const;
  for (const who of [verifier, colleague]) {
    expect(at.codeOf(who, lift)).toBe("not_allowed");
    expect(at.codeOf(who, { type: "link.reopen" })).toBe("not_allowed");
  }
  expect(at.codeOf(host, { type: "ban.lift", banId: id.ban("none") })).toBe("no_such_person");
});
