import { expect, test } from "vitest";
import { sampleMeta } from "../../api/live/samples.ts";
import { sampleKeysState } from "../../keys/samples.ts";
import { noMedia, noPersonMedia } from "../../media/media-state.ts";
import { roomBanners, type BannerInput } from "./room-banners.ts";

const base: BannerInput = {
  meta: sampleMeta(),
  media: { ...noMedia, phase: "connected" },
  streamLost: false,
  awayFor: 0,
  hasWaiting: false,
  hostsAway: false,
  dismissed: new Set(),
  stopped: null,
  shareEnded: null,
  update: null,
  calling: false,
  keys: null,
};
const shown = (change: Partial<BannerInput>) => roomBanners({ ...base, ...change });
const since = { at: 1, byName: "佐久間" };

test("nothing to say is no banner", () => {
  expect(shown({})).toEqual([]);
});

test("[ENC-4] what is wrong with the keys comes first, says what to do, and is closed by nobody", () => {
  const found = shown({
    keys: sampleKeysState({ phase: "broken", alarms: ["forked"] }),
    meta: sampleMeta({ suspended: since }),
    dismissed: new Set(),
  });
  expect(found.map(({ key, tone }) => [key, tone])).toEqual([
    ["banner.keys.forked", "danger"],
    ["banner.suspended", "danger"],
  ]);
  expect(found[0]?.acts).toEqual(["leave"]);
  for (const alarm of ["swapped", "clearMedia", "namesDiffer"] as const)
    expect(shown({ keys: sampleKeysState({ alarms: [alarm] }) })[0]?.acts).toEqual(["safetyCode"]);
  expect(shown({ keys: sampleKeysState({ phase: "broken" }) })[0]?.acts).toEqual(["leave"]);
  expect(shown({ keys: sampleKeysState() })).toEqual([]);
});

test("[SEC-1] stopped: only who may resume gets the button", () => {
  const meta = sampleMeta({ suspended: since });
  expect(shown({ meta })).toMatchObject([{ key: "banner.suspended", acts: ["resume"] }]);
  const other = { ...meta, capabilities: [] };
  expect(shown({ meta: other })).toMatchObject([{ acts: [] }]);
});

test("reconnecting: after 20 s what to do, and a button", () => {
  const media = { ...noMedia, phase: "reconnecting" as const };
  expect(shown({ media, awayFor: 1000 })).toMatchObject([{ key: "banner.reconnecting", acts: [] }]);
  expect(shown({ media, awayFor: 20_000 })).toMatchObject([
    { key: "banner.reconnectingLong", acts: ["retry"] },
  ]);
});

test("[ENC-6] a connection given up for its algorithms says so, and offers no other try", () => {
  const media = { ...noMedia, phase: "closed", closed: "unlisted" } as const;
  expect(shown({ media })).toMatchObject([{ key: "banner.unlisted", tone: "danger", acts: [] }]);
});

test("[ADM-9] the countdown stands once the absence lasts", () => {
  const meta = sampleMeta({ hostsAwayUntil: 300_000 });
  expect(shown({ meta })).toEqual([]);
  expect(shown({ meta, hostsAway: true })).toMatchObject([{ key: "banner.hostsAway" }]);
});

test("[SEC-3] being asked to unmute is a question, gone once the microphone is on", () => {
  const meta = sampleMeta({ askedToUnmuteAt: 5 });
  expect(shown({ meta })).toMatchObject([{ id: "asked5", acts: ["unmute", "dismiss"] }]);
  expect(shown({ meta, dismissed: new Set(["asked5"]) })).toEqual([]);
  const on = { ...base.media, microphone: { on: true, busy: false, problem: null } };
  expect(shown({ meta, media: on })).toEqual([]);
});

test("[ADM-4] an absent verifier is told when somebody waits; only the host stands in", () => {
  const verifier = { name: "桐生", present: false, me: false };
  const filled = sampleMeta({ lobby: completeLobby({ verifier }) });
  expect(shown({ meta: filled })).toEqual([]);
  expect(shown({ meta: filled, hasWaiting: true })).toMatchObject([{ acts: ["standIn"] }]);
  const coHost = { ...filled, role: "coHost" as const };
  expect(shown({ meta: coHost, hasWaiting: true })).toMatchObject([{ acts: [] }]);
});

test("[SEC-1] when everybody invited is in, locking is offered, unless it is locked", () => {
  const lobby = completeLobby({ everybodyInvitedIsIn: true });
  expect(shown({ meta: sampleMeta({ lobby }) })).toMatchObject([{ id: "everybodyIn" }]);
  expect(shown({ meta: sampleMeta({ lobby, locked: since }) })).toEqual([]);
});

test("two at a time, the connection first", () => {
  const media = {
    ...noMedia,
    phase: "reconnecting" as const,
    people: new Map([["x", { ...noPersonMedia, paused: true }]]),
  };
  const meta = sampleMeta({ suspended: since });
  expect(shown({ media, meta }).map((one) => one.id)).toEqual(["media", "suspended"]);
});

function completeLobby(change: Partial<NonNullable<BannerInput["meta"]["lobby"]>>) {
  return {
    waitingRoom: { on: true, fixedBy: [] },
    admitAll: true,
    linkClosedToUnproved: false,
    hostMessage: "",
    verifier: null,
    everybodyInvitedIsIn: false,
    ...change,
  };
}

test("[BAR-4] a share that a barrier ended says so for now, and not for the whole meeting", () => {
  expect(shown({ shareEnded: "reason.barrier" })).toMatchObject([{ key: "banner.shareEnded.barrier" }]);
  expect(shown({ shareEnded: "reason.host" })).toMatchObject([{ key: "banner.shareEnded" }]);
});

test("[OPS-1] an update in a meeting says what becomes of the own place, waits, and gives way to what presses", () => {
  expect(shown({ update: "seat" })).toMatchObject([
    { key: "banner.update.seat", acts: ["update", "dismiss"] },
  ]);
  expect(shown({ update: "waiting" })).toMatchObject([{ key: "banner.update.waiting" }]);
  expect(shown({ update: "seat", dismissed: new Set(["update"]) })).toEqual([]);
  const meta = sampleMeta({ suspended: since });
  expect(shown({ meta, streamLost: true, update: "seat" }).map(({ id }) => id)).toEqual([
    "stream",
    "suspended",
  ]);
});
