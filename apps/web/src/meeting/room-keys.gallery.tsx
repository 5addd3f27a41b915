import type { RoomMeta } from "@sekisho/contract";
import { sampleChat, sampleId, sampleRow, sampleTime } from "../api/live/samples.ts";
import type { GalleryState } from "../gallery/state.ts";
import { sampleHolder } from "../keys/samples.ts";
import { roomState } from "./room.gallery.tsx";

const e2ee = (): Partial<RoomMeta> => ({ confidentiality: "high", encryption: "e2ee" });

/** One whose device is still preparing, one who has offered. */
const offering = () => [
  sampleRow("kudo", { displayName: "工藤 彩", methodNeeded: false, keys: "none" }),
  sampleRow("mori", { displayName: "森 拓也", methodNeeded: false, keys: "offered" }),
];

export const states: readonly GalleryState[] = [
  roomState("e2ee-waiting-rows", () => ({ meta: e2ee(), keys: {}, lobby: offering() })),
  roomState("e2ee-card", () => ({ meta: e2ee(), keys: {}, lobby: offering(), checking: "kudo" })),
  roomState("e2ee", () => ({ meta: e2ee(), keys: {} })),
  roomState("e2ee-awaiting", () => ({ meta: e2ee(), keys: { awaiting: 2 }, panel: null })),
  roomState("e2ee-preparing", () => ({
    meta: e2ee(),
    keys: { phase: "preparing", code: null, holders: [] },
    panel: null,
  })),
  roomState("e2ee-unknown", () => ({ meta: e2ee() })),
  roomState("e2ee-forked", () => ({ meta: e2ee(), keys: { phase: "broken", alarms: ["forked"] } })),
  roomState("e2ee-alarms", () => ({
    meta: e2ee(),
    panel: null,
    keys: { alarms: ["swapped", "clearMedia", "namesDiffer"] },
  })),
  roomState("e2ee-names-differ", () => ({ meta: e2ee(), panel: null, keys: { alarms: ["namesDiffer"] } })),
  roomState("e2ee-key-changed", () => ({
    meta: e2ee(),
    panel: null,
    keys: { holders: [sampleHolder("oba", { trust: "changed" })] },
  })),
  roomState("e2ee-chat", () => ({
    meta: e2ee(),
    panel: "chat",
    chat: true,
    keys: {},
    after: [
      {
        type: "chat",
        message: sampleChat("sealed", {
          fromId: sampleId("saegusa"),
          fromName: "三枝 小百合",
          at: sampleTime - 1000,
          sealed: "c2VhbGVk",
          text: "",
        }),
      },
    ],
  })),
];
