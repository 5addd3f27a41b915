import type { BreakoutsView, PersonView, RoomMeta } from "@sekisho/contract";
import { capabilities } from "@sekisho/domain";
import { sampleBreakouts, sampleChat, sampleId, samplePerson } from "../api/live/samples.ts";
import { sample } from "../gallery/sample.ts";
import type { GalleryState } from "../gallery/state.ts";
import { guestMeta, people, roomState } from "./room.gallery.tsx";

const minute = 60_000;
const one = sampleId("b1");
const two = sampleId("b2");
const rooms = () => [
  { id: one, name: sample("ルーム 1", "Room 1") },
  { id: two, name: sample("ルーム 2", "Room 2") },
];
const inTime = (ms: number) => Date.now() + ms;

/** Where each person is, by the short id. */
function placed(places: Readonly<Record<string, string>>): readonly PersonView[] {
  return [...people(), samplePerson("mori", { displayName: "森 拓也" })].map((person) => ({
    ...person,
    breakoutId: Object.entries(places).find(([id]) => sampleId(id) === person.id)?.[1] ?? null,
  }));
}

const spread = () => placed({ oba: one, saegusa: two, mori: two });

function assignments(places: Readonly<Record<string, string>>) {
  return Object.entries(places).map(([id, breakoutId]) => ({ admissionId: sampleId(id), breakoutId }));
}

function hostView(change: Partial<BreakoutsView> = {}): Partial<RoomMeta> {
  const hosts = { assignments: assignments({ oba: one, saegusa: two, mori: two }), calls: [] };
  const breakouts = sampleBreakouts({ rooms: rooms(), hosts, ...change });
  const lacks = [
    "breakout.callHost",
    "breakout.join",
    ...(breakouts.ownId === null ? ["breakout.return"] : []),
  ];
  return { breakouts, capabilities: capabilities.filter((one) => !lacks.includes(one)) };
}

const calls = () => ({
  assignments: assignments({ oba: one, saegusa: two, mori: two }),
  calls: [
    { admissionId: sampleId("oba"), displayName: "大庭 修一郎", breakoutId: one, at: 1 },
    { admissionId: sampleId("mori"), displayName: "森 拓也", breakoutId: two, at: 2 },
  ],
});

function guestView(change: Partial<BreakoutsView>, ...able: RoomMeta["capabilities"]): Partial<RoomMeta> {
  const base = guestMeta();
  return {
    ...base,
    capabilities: [...(base.capabilities ?? []), ...able],
    breakouts: sampleBreakouts({ rooms: rooms().slice(1), assignedId: two, ...change }),
  };
}

const guestsHere = () =>
  people()
    .slice(0, 2)
    .map((person) => ({ ...person, breakoutId: two }));
const inside = { ownId: two, closesAt: inTime(8.34 * minute) };

const notice = () =>
  sampleChat("notice", {
    at: Date.now(),
    fromId: sampleId("self"),
    fromName: "佐久間 里奈",
    to: "broadcast",
    text: sample("あと 5 分で、まとめに入ってください。", "Please come to a conclusion in five minutes."),
  });

const hosting = { panel: null, lobby: [] } as const;
const guest = { panel: null, lobby: [], people: guestsHere() } as const;

export const states: readonly GalleryState[] = [
  roomState("rooms-make", () => ({
    ...hosting,
    managing: true,
    meta: {
      breakouts: sampleBreakouts({ phase: "closed", rooms: [], hosts: { assignments: [], calls: [] } }),
    },
  })),
  roomState("rooms-arrange", () => ({
    ...hosting,
    managing: true,
    people: placed({}),
    meta: hostView({ phase: "closed" }),
  })),
  roomState("rooms-arrange-choose", () => ({
    ...hosting,
    managing: true,
    people: placed({}),
    meta: hostView({ phase: "closed", choose: true, hosts: { assignments: [], calls: [] } }),
  })),
  roomState("rooms-manage", () => ({
    ...hosting,
    managing: true,
    people: spread(),
    meta: hostView({ closesAt: inTime(8.34 * minute), hosts: calls() }),
  })),
  roomState("rooms-manage-closing", () => ({
    ...hosting,
    managing: true,
    people: spread(),
    meta: hostView({ phase: "closing", closesAt: inTime(45_000) }),
  })),
  roomState("rooms-host", () => ({ lobby: [], people: spread(), meta: hostView() })),
  roomState("rooms-host-calls", () => ({
    ...hosting,
    people: spread(),
    meta: hostView({ closesAt: inTime(8.34 * minute), hosts: calls() }),
  })),
  roomState("rooms-host-visits", () => ({
    people: placed({ oba: one, self: one, saegusa: two, mori: two }),
    lobby: [],
    meta: hostView({ ownId: one, closesAt: inTime(45_000), phase: "closing" }),
  })),
  roomState("rooms-inside", () => ({
    ...guest,
    meta: guestView(inside, "breakout.callHost", "breakout.return"),
  })),
  roomState("rooms-inside-notice", () => ({
    ...guest,
    meta: guestView({ ...inside, calledAt: 1 }, "breakout.callHost", "breakout.return"),
    after: [{ type: "chat", message: notice() }],
  })),
  roomState("rooms-inside-closing", () => ({
    ...guest,
    meta: guestView(
      { ...inside, phase: "closing", closesAt: inTime(45_000) },
      "breakout.callHost",
      "breakout.return",
    ),
  })),
  roomState("rooms-inside-chat", () => ({
    ...guest,
    panel: "chat",
    chat: true,
    meta: guestView(inside, "breakout.callHost", "breakout.return"),
    after: [
      {
        type: "chat",
        message: sampleChat("there", {
          fromId: sampleId("saegusa"),
          fromName: "三枝 小百合",
          breakoutId: two,
          text: sample("ここから始めましょう。", "Let us begin here."),
        }),
      },
      { type: "chat", message: notice() },
    ],
  })),
  roomState("rooms-moving", () => ({ ...guest, meta: guestView(inside), media: { phase: "moving" } })),
  roomState("rooms-back", () => ({ ...guest, meta: guestMeta(), media: { phase: "moving" } })),
  roomState("rooms-assigned", () => ({
    ...guest,
    people: people(),
    meta: guestView({ closesAt: inTime(8.34 * minute) }, "breakout.join"),
  })),
  roomState("rooms-choose", () => ({
    ...guest,
    people: people(),
    meta: guestView({ choose: true, assignedId: null, rooms: rooms() }, "breakout.choose"),
  })),
  roomState("rooms-elsewhere", () => ({
    ...guest,
    people: people().slice(0, 1),
    meta: guestView({ rooms: [], assignedId: null }),
  })),
  roomState("rooms-long", () => ({
    ...hosting,
    managing: true,
    people: placed({}).map((person) => ({
      ...person,
      displayName: "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原",
      affiliation: "山吹台大学附属病院経営企画室山吹台大学附属病院経営企画室山吹台大学附属病院経営",
    })),
    meta: hostView({
      phase: "closed",
      rooms: Array.from({ length: 7 }, (_, at) => ({
        id: sampleId(`b${at + 1}`),
        name:
          at === 0
            ? "法人営業第一部と経営企画室の合同検討会その一".repeat(2)
            : `${sample("班", "Group")} ${at}`,
      })),
    }),
  })),
];
