import { expect, test } from "vitest";
import { liveRoom, people, type Room } from "../../../../../packages/testkit/src/arbitraries/index.ts";
import { instanceHappenings, nothingSeen } from "./instance-happenings.ts";

const { host, customer, stranger } = people;
const facts = {
  accountId: "organisation",
  uuid: "instance",
  number: "12345678901",
  hostId: "host",
  topic: "ご相談",
  type: 2,
  timezone: "Asia/Tokyo",
  duration: 60,
};

function told(at: Room) {
  return instanceHappenings(nothingSeen, at.history, facts, () => "a@example.jp").happenings;
}

function eventsOf(at: Room) {
  return told(at).map(({ event }) => event);
}

test("[BAR-12] a meeting is told to begin, people to come and go, and everybody to have left when it ends", () => {
  const at = liveRoom({}, customer);
  at.connect(host);
  at.connect(customer);
  expect(eventsOf(at)).toEqual([
    "meeting.started",
    "meeting.participant_joined",
    "meeting.participant_joined",
  ]);
  at.as(host, { type: "meeting.end" });
  expect(eventsOf(at).slice(3)).toEqual([
    "meeting.participant_left",
    "meeting.participant_left",
    "meeting.ended",
  ]);
  const joined = told(at)[2]?.payload;
  expect(joined).toMatchObject({
    account_id: "organisation",
    object: { id: "12345678901", participant: { user_name: at.person(customer).displayName, email: "" } },
  });
});

test("[BAR-12] a line that drops and comes back is no coming and going; removal is", () => {
  const at = liveRoom({}, customer);
  at.connect(customer);
  const before = eventsOf(at);
  at.drop(customer);
  at.connect(customer, "again");
  expect(eventsOf(at)).toEqual(before);
  at.as(host, { type: "participant.remove", admissionId: at.idOf(customer), report: false });
  expect(eventsOf(at).at(-1)).toBe("meeting.participant_left");
});

test("[BAR-14] [BAR-12] who waits, is denied, or was never connected is nowhere in what is told", () => {
  const at = liveRoom({}, customer);
  const before = eventsOf(at);
  at.ask(stranger, { name: "外の人" });
  at.as(host, { type: "admission.deny", rows: at.rowsOf(stranger) });
  expect(eventsOf(at)).toEqual(before);
  expect(JSON.stringify(told(at))).not.toContain("外の人");
});

test("[BAR-12] reading in pieces tells the same as reading at once", () => {
  const at = liveRoom({}, customer);
  at.connect(host);
  at.connect(customer);
  at.as(host, { type: "meeting.end" });
  const whole = told(at);
  for (let cut = 0; cut <= at.history.length; cut++) {
    const first = instanceHappenings(nothingSeen, at.history.slice(0, cut), facts, () => "a@example.jp");
    const rest = instanceHappenings(first.seen, at.history.slice(cut), facts, () => "a@example.jp");
    expect([...first.happenings, ...rest.happenings]).toEqual(whole);
  }
});
