import { expect, test } from "vitest";
import { sampleBreakouts, sampleChat, sampleId, samplePerson } from "../../api/live/samples.ts";
import { columnsOf, hasRoomForMore, mayPlace, newName, noticeOf, withMore } from "./breakouts-model.ts";

const [one, two] = [sampleId("b1"), sampleId("b2")];
const people = [
  samplePerson("host", { role: "host" }),
  samplePerson("a", { breakoutId: one }),
  samplePerson("b"),
];
const hosts = { assignments: [{ admissionId: sampleId("b"), breakoutId: two }], calls: [] };
const say = (number: number) => `ルーム ${number}`;

function placed(phase: "closed" | "open") {
  const columns = columnsOf(sampleBreakouts({ phase, hosts }), people);
  return columns.map(({ id, people: there }) => [id, there.map((person) => person.displayName)]);
}

test("[SEC-4] while rooms are closed people stand where they will go, while they are open where they are", () => {
  expect(placed("closed")).toEqual([
    [null, ["host", "a"]],
    [one, []],
    [two, ["b"]],
  ]);
  expect(placed("open")).toEqual([
    [null, ["host", "b"]],
    [one, ["a"]],
    [two, []],
  ]);
});

test("[SEC-4] [SEC-7] a host is placed by nobody else, and near the end nobody is placed", () => {
  const [host, guest] = [samplePerson("host", { role: "coHost" }), samplePerson("a")];
  const view = sampleBreakouts();
  expect(mayPlace(view, guest, sampleId("me"))).toBe(true);
  expect(mayPlace(view, host, sampleId("me"))).toBe(false);
  expect(mayPlace(view, host, host.id)).toBe(true);
  expect(mayPlace(sampleBreakouts({ phase: "closing" }), guest, sampleId("me"))).toBe(false);
});

test("[SEC-4] a further room takes the lowest number that is free, and there is an end to them", () => {
  expect(withMore([], 2, say)).toEqual([
    { id: null, name: "ルーム 1" },
    { id: null, name: "ルーム 2" },
  ]);
  const known = [
    { id: one, name: "ルーム 2" },
    { id: two, name: "松" },
  ];
  expect(withMore(known, 2, say).map((room) => room.name)).toEqual([
    "ルーム 2",
    "松",
    "ルーム 1",
    "ルーム 3",
  ]);
  const full = Array.from({ length: 50 }, (_, at) => ({ id: sampleId(`b${at}`), name: `${at}` }));
  expect([hasRoomForMore({ rooms: full.slice(1) }), hasRoomForMore({ rooms: full })]).toEqual([true, false]);
});

test("a name that changes nothing is not sent", () => {
  expect([newName(" 松 ", "竹"), newName("竹 ", "竹"), newName("  ", "竹")]).toEqual(["松", null, null]);
});

test("[SEC-4] the newest notice of somebody else stands until it is put away; an old one does not come back", () => {
  const at = (id: string, time: number) => sampleChat(id, { to: "broadcast", at: time });
  const chat = [at("n1", 10), at("n2", 20), sampleChat("m", { at: 30 })];
  const shown = (since: number, seen: string | null, selfId = "me") =>
    noticeOf(chat, sampleId(selfId), { since, seen })?.id ?? null;
  expect(shown(0, null)).toBe(sampleId("n2"));
  expect(shown(0, sampleId("n1"))).toBe(sampleId("n2"));
  expect(shown(0, sampleId("n2"))).toBeNull();
  expect(shown(21, null)).toBeNull();
  expect(shown(0, null, "a")).toBeNull();
});
