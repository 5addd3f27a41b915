import type { MeetingSummary } from "@sekisho/contract";
import { expect, test } from "vitest";
import { groupMeetings } from "./group.ts";

function meeting(
  id: string,
  startsAt: number,
  status: MeetingSummary["status"] = "scheduled",
): MeetingSummary {
  return {
    id,
    topic: id,
    confidentiality: "medium",
    link: "x".repeat(22),
    next: { startsAt, endsAt: startsAt + 3_600_000, localStart: "2026-11-24T16:00" },
    timeZone: "Asia/Tokyo",
    recurring: false,
    hostName: "佐久間 里奈",
    mine: true,
    people: { invited: 1, external: 0 },
    status,
  };
}

const at = (iso: string) => Date.parse(iso);
const now = at("2026-11-24T14:48:00Z"); // 23:48 in Tokyo
const ids = (list: readonly MeetingSummary[]) => list.map((one) => one.id);

test("days are the viewer's, and the list is in order of start", () => {
  const groups = groupMeetings(
    [
      meeting("far", at("2027-01-10T01:00:00Z")),
      meeting("tomorrow", at("2026-11-24T15:10:00Z")),
      meeting("soon", at("2026-11-30T00:00:00Z")),
      meeting("today", at("2026-11-24T14:55:00Z")),
      meeting("next", at("2026-11-24T14:50:00Z")),
    ],
    now,
    "Asia/Tokyo",
  );
  expect(groups.next?.id).toBe("next");
  expect(ids(groups.today)).toEqual(["today"]);
  expect(ids(groups.tomorrow)).toEqual(["tomorrow"]);
  expect(ids(groups.soon)).toEqual(["soon"]);
  expect(ids(groups.later)).toEqual(["far"]);
});

test("a live meeting comes first, a cancelled one is never the next", () => {
  const groups = groupMeetings(
    [
      meeting("c", now + 60_000, "cancelled"),
      meeting("s", now + 120_000),
      meeting("l", now - 60_000, "live"),
    ],
    now,
    "Asia/Tokyo",
  );
  expect(groups.next?.id).toBe("l");
  expect(ids(groups.tomorrow)).toEqual([]);
  expect(ids(groups.today)).toEqual(["c", "s"]);
});

test("tomorrow on the night the clocks change", () => {
  const berlin = at("2026-10-24T21:30:00Z"); // 23:30, the day before a 25 hour day
  const groups = groupMeetings(
    [meeting("a", berlin + 60_000), meeting("b", at("2026-10-25T22:30:00Z"))],
    berlin,
    "Europe/Berlin",
  );
  expect(ids(groups.tomorrow)).toEqual(["b"]);
});
