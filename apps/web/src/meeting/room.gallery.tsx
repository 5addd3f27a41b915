import type { LobbyRowView, PersonView, RoomMeta, StreamMessage } from "@sekisho/contract";
import { capabilities } from "@sekisho/domain";
import { useMemo, type ReactNode } from "react";
import { createCommands } from "../api/live/commands.ts";
import { MeetingContext } from "../api/live/meeting-context.ts";
import { createMeetingStore } from "../api/live/meeting-store.ts";
import {
  sampleChat,
  sampleId,
  sampleMeta,
  samplePerson,
  sampleRow,
  sampleTime,
} from "../api/live/samples.ts";
import { Breakouts } from "../features/breakouts/breakouts.tsx";
import { KeysContext } from "../keys/keys-context.ts";
import type { KeysState } from "../keys/keys-state.ts";
import { sampleHolder, sampleKeysState, stillKeys } from "../keys/samples.ts";
import { sample } from "../gallery/sample.ts";
import type { GalleryState } from "../gallery/state.ts";
import { RoomLayout } from "./room-layout.tsx";
import { MediaContext } from "../media/media-context.ts";
import {
  noMedia,
  noPersonMedia,
  type Media,
  type MediaState,
  type PersonMedia,
} from "../media/media-state.ts";
import type { PanelId } from "../features/room/control-bar.tsx";
import { paintFigure } from "./room.gallery-figure.ts";

const bank = () => sample("みどり野銀行", "Midorino Bank");

export const people = (): readonly PersonView[] => [
  samplePerson("oba", {
    displayName: "大庭 修一郎",
    affiliation: sample("常磐木製作所", "Tokiwagi Works"),
    external: true,
    badge: "verified",
    method: "document",
  }),
  samplePerson("saegusa", {
    displayName: "三枝 小百合",
    affiliation: sample("常磐木製作所", "Tokiwagi Works"),
    external: true,
    badge: "verified",
    method: "knownPerson",
  }),
  samplePerson("kiryu", { displayName: "桐生 真帆", affiliation: bank(), role: "verifier" }),
  samplePerson("self", { displayName: "佐久間 里奈", affiliation: bank(), role: "host" }),
];

const minute = 60_000;

const waiting = (): readonly LobbyRowView[] => [
  sampleRow("tokiwa", {
    agreed: { version: 3, at: sampleTime - 60_000 },
    deviceDeclaredAt: sampleTime - 60_000,
    displayName: "常盤 健",
    affiliation: sample("常磐木製作所", "Tokiwagi Works"),
    requestedAt: sampleTime - 2 * minute,
  }),
  sampleRow("teshigawara", {
    agreed: { version: 3, at: sampleTime - 60_000 },
    deviceDeclaredAt: sampleTime - 60_000,
    displayName: "勅使河原 万里江",
    affiliation: sample("山吹台大学附属病院 経営企画室", "Yamabukidai University Hospital, Planning"),
    requestedAt: sampleTime - minute,
  }),
  sampleRow("saegusa2", {
    agreementMissing: true,
    displayName: "三枝 小百合",
    affiliation: sample("青葉製作所", "Aoba Works"),
    requestedAt: sampleTime,
    similarName: "inMeeting",
    invited: "notInvited",
  }),
  sampleRow("kudo", { displayName: "工藤 彩", requestedAt: sampleTime, methodNeeded: false }),
  sampleRow("mori", { displayName: "森 拓也", requestedAt: sampleTime, methodNeeded: false }),
];

function meta(change: Partial<RoomMeta> = {}): RoomMeta {
  return sampleMeta({
    topic: sample("融資条件のご説明", "Loan terms"),
    region: { label: sample("東京", "Tokyo"), country: "JP" },
    externals: { present: 2, unverified: 0 },
    startedAt: Date.now() - 4 * minute,
    ...change,
  });
}

export const lobby = (change: Partial<NonNullable<RoomMeta["lobby"]>> = {}): RoomMeta["lobby"] => ({
  waitingRoom: { on: true, fixedBy: [] },
  admitAll: true,
  linkClosedToUnproved: false,
  hostMessage: "",
  verifier: { name: "桐生 真帆", present: true, me: false },
  everybodyInvitedIsIn: false,
  ...change,
});

const hues: Readonly<Record<string, number>> = { oba: 150, saegusa: 265, kiryu: 30, self: 205 };

function mediaOfPeople(
  change: Readonly<Record<string, Partial<PersonMedia>>>,
): ReadonlyMap<string, PersonMedia> {
  return new Map(
    Object.keys(hues).map((id) => [
      sampleId(`s${id}`),
      {
        ...noPersonMedia,
        camera: id,
        microphone: id === "oba" || id === "self",
        speaking: id === "oba",
        ...change[id],
      },
    ]),
  );
}

export interface RoomStateOptions {
  managing?: boolean;
  meta?: Partial<RoomMeta>;
  people?: readonly PersonView[];
  lobby?: readonly LobbyRowView[];
  bans?: Extract<StreamMessage, { type: "room" }>["bans"];
  panel?: PanelId | null;
  checking?: string;
  media?: Partial<MediaState>;
  mediaOf?: Readonly<Record<string, Partial<PersonMedia>>>;
  fresh?: boolean;
  lost?: boolean;
  chat?: boolean;
  after?: readonly StreamMessage[];
  keys?: Partial<KeysState>;
}

const nothing = () => undefined;
const later = () => Promise.resolve();

/** The room's screens with still pictures instead of a media server. */
export function stillMedia(state: MediaState): Media {
  return {
    getState: () => state,
    subscribe: () => nothing,
    setMicrophone: later,
    setCamera: later,
    openHere: later,
    startShare: () => Promise.resolve(false),
    stopShare: later,
    show: (identity, source, element) => paintFigure(element, hues[figureOf(identity)] ?? 90, source),
    startAudio: later,
    devices: (kind) => Promise.resolve([{ id: kind, label: sample("内蔵デバイス", "Built-in device") }]),
    useDevice: later,
    setNoiseSuppression: later,
    transport: () =>
      Promise.resolve({
        protocol: "DTLS 1.2",
        suite: "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
        srtp: "AEAD_AES_256_GCM",
        listed: true,
      }),
    retry: nothing,
    move: nothing,
    close: later,
  };
}

function figureOf(identity: string): string {
  return Object.keys(hues).find((id) => sampleId(`s${id}`) === identity) ?? "";
}

function admitted(): StreamMessage {
  return {
    type: "admission",
    admission: {
      state: "admitted",
      admissionId: sampleId("self"),
      displayName: "佐久間 里奈",
      affiliation: bank(),
      connected: true,
      sfuIdentity: sampleId("sself"),
      breakoutId: null,
    },
    ticket: null,
  };
}

function StillRoom({ options }: { options: RoomStateOptions }): ReactNode {
  const meeting = useMemo(() => {
    const store = createMeetingStore();
    store.receive(admitted());
    store.receive({
      type: "room",
      seq: 1,
      meta: meta(options.meta),
      people: [...(options.people ?? people())],
      lobby: [...(options.lobby ?? waiting())],
      bans: options.bans ?? [],
    });
    for (const message of options.after ?? []) store.receive(message);
    if (options.chat === true) for (const message of talk()) store.receive({ type: "chat", message });
    store.setConnection(options.lost === true ? "lost" : "open");
    const state = { ...store.getState(), fresh: options.fresh ?? true };
    return {
      link: "gallery",
      store: { ...store, getState: () => state },
      commands: createCommands("gallery"),
    };
  }, [options]);
  const media = useMemo(
    () =>
      stillMedia({
        ...noMedia,
        phase: "connected",
        people: mediaOfPeople(options.mediaOf ?? {}),
        speakers: [sampleId("soba")],
        microphone: { on: true, busy: false, problem: null },
        camera: { on: true, busy: false, problem: null },
        ...options.media,
      }),
    [options],
  );
  const keys = useMemo(() => (options.keys === undefined ? null : keysOf(options.keys)), [options]);
  return (
    <MeetingContext value={meeting}>
      <KeysContext value={keys}>
        <MediaContext value={media}>
          <RoomLayout
            initialPanel={options.panel === undefined ? "people" : options.panel}
            initialChecking={options.checking === undefined ? null : sampleId(options.checking)}
            breakouts={{ part: Breakouts, managing: options.managing ?? false }}
          />
        </MediaContext>
      </KeysContext>
    </MeetingContext>
  );
}

function keysOf(change: Partial<KeysState>) {
  const holders = [
    sampleHolder("self", { name: "佐久間 里奈", admits: true }),
    sampleHolder("kiryu", { name: "桐生 真帆", admits: true, trust: "checked" }),
    sampleHolder("oba", { name: "大庭 修一郎", trust: "checked" }),
    sampleHolder("saegusa", { name: "三枝 小百合" }),
  ];
  return stillKeys(sampleKeysState({ holders, ...change }));
}

function talk() {
  const name = "大庭 修一郎";
  return [
    sampleChat("m1", {
      fromId: sampleId("oba"),
      fromName: name,
      text: sample("資料の 3 ページについて伺いたいです。", "I have a question about page 3."),
    }),
    sampleChat("m2", {
      fromId: sampleId("self"),
      fromName: "佐久間 里奈",
      at: sampleTime + 1000,
      text: sample("はい、のちほど説明します。", "Yes, I will come to it."),
    }),
    sampleChat("m3", {
      fromId: sampleId("kiryu"),
      fromName: "桐生 真帆",
      at: sampleTime + 2000,
      to: "hosts",
      text: sample(
        "待機室に 1 名、確認が済んでいません。",
        "One person in the waiting room is not checked yet.",
      ),
    }),
  ];
}

const words = ["live", "room", "host-controls", "chat", "media", "breakouts"] as const;

export function roomState(id: string, options: () => RoomStateOptions): GalleryState {
  return { id: `room/${id}`, words, render: () => <Fixed options={options} /> };
}

function Fixed({ options }: { options: () => RoomStateOptions }): ReactNode {
  const fixed = useMemo(() => options(), [options]);
  return <StillRoom options={fixed} />;
}

const since = () => ({ at: sampleTime, byName: "佐久間 里奈" });
const without = (...taken: readonly string[]) => capabilities.filter((one) => !taken.includes(one));
export const guestMeta = (): Partial<RoomMeta> => ({
  role: "participant",
  lobby: null,
  selfId: sampleId("oba"),
  capabilities: [
    "media.listen",
    "media.camera",
    "media.microphone",
    "chat.send",
    "hand.raise",
    "reaction.send",
    "participant.report",
    "participant.renameSelf",
  ],
});

function many(): readonly PersonView[] {
  return [
    ...people(),
    ...Array.from({ length: 11 }, (_, at) =>
      samplePerson(`more${at}`, {
        displayName: `${sample("参加", "Person")} ${at + 1}`,
        affiliation: bank(),
      }),
    ),
  ];
}

export const states: readonly GalleryState[] = [
  roomState("host", () => ({})),
  roomState("host-no-panel", () => ({ panel: null })),
  roomState("card", () => ({
    checking: "teshigawara",
    meta: { lobby: lobby({ verifier: { name: "桐生 真帆", present: true, me: true } }) },
  })),
  roomState("card-stand-in", () => ({ checking: "teshigawara", meta: { lobby: lobby() } })),
  roomState("card-warning", () => ({ checking: "saegusa2", meta: { lobby: lobby({ verifier: null }) } })),
  roomState("card-plain", () => ({ checking: "kudo" })),
  roomState("card-locked", () => ({ checking: "teshigawara", meta: { locked: since() } })),
  roomState("card-verifier-only", () => ({
    checking: "teshigawara",
    meta: { role: "coHost", lobby: lobby() },
  })),
  roomState("decided-by-another", () => ({
    after: [
      {
        type: "patch",
        seq: 2,
        meta: null,
        people: { set: [], gone: [] },
        lobby: { set: [], gone: [{ id: sampleId("tokiwa"), result: "admitted", byName: "桐生 真帆" }] },
        bans: null,
      },
    ],
  })),
  roomState("nobody-waits", () => ({ lobby: [] })),
  roomState("link-closed", () => ({
    lobby: [],
    meta: { lobby: lobby({ linkClosedToUnproved: true }) },
    bans: [
      {
        id: sampleId("ban1"),
        kind: "removed",
        displayName: "見知らぬ 人",
        affiliation: "",
        at: sampleTime,
      },
    ],
  })),
  roomState("security", () => ({ panel: "security" })),
  roomState("security-fixed", () => ({
    panel: "security",
    meta: {
      confidentiality: "high",
      lobby: lobby({
        waitingRoom: { on: true, fixedBy: ["preset"] },
        hostMessage: sample("16:05 ごろにお呼びします。", "We call you at about 16:05."),
      }),
      rights: {
        screenShare: { value: "nobody", limit: "nobody", fixedBy: ["preset"] },
        chat: { value: "everyone", limit: "everyone", fixedBy: [] },
        rename: { value: "hosts", limit: "hosts", fixedBy: ["organisation"] },
        unmute: { value: "everyone", limit: "everyone", fixedBy: [] },
      },
      capabilities: without("media.screenShare"),
    },
  })),
  roomState("chat", () => ({ panel: "chat", chat: true })),
  roomState("chat-off", () => ({ panel: "chat", meta: { capabilities: without("chat.send") } })),
  roomState("guest", () => ({ panel: null, meta: guestMeta(), lobby: [] })),
  roomState("guest-people", () => ({ meta: guestMeta(), lobby: [] })),
  roomState("unverified", () => ({
    panel: null,
    meta: { confidentiality: "low", externals: { present: 2, unverified: 1 } },
    people: people().map((one, at) =>
      at === 0 ? { ...one, badge: "unverified" as const, method: null } : one,
    ),
    lobby: waiting().slice(0, 3),
  })),
  roomState("alone", () => ({
    people: people().slice(3),
    lobby: waiting().slice(0, 2),
    meta: { externals: { present: 0, unverified: 0 } },
  })),
  roomState("locked", () => ({ meta: { locked: since() } })),
  roomState("suspended", () => ({
    meta: {
      locked: since(),
      suspended: since(),
      capabilities: without(
        "media.microphone",
        "media.camera",
        "media.screenShare",
        "chat.send",
        "hand.raise",
        "reaction.send",
        "media.listen",
      ),
    },
    mediaOf: {
      oba: { camera: null, speaking: false, microphone: false },
      saegusa: { camera: null },
      kiryu: { camera: null },
      self: { camera: null, microphone: false },
    },
    media: { microphone: noMedia.microphone, camera: noMedia.camera },
    panel: "security",
  })),
  roomState("host-away", () => ({
    panel: null,
    lobby: [],
    meta: { ...guestMeta(), hostsAwayUntil: Date.now() + 270_000 },
  })),
  roomState("verifier-away", () => ({
    meta: { lobby: lobby({ verifier: { name: "桐生 真帆", present: false, me: false } }) },
  })),
  roomState("everybody-in", () => ({ lobby: [], meta: { lobby: lobby({ everybodyInvitedIsIn: true }) } })),
  roomState("unknown", () => ({ fresh: false, lost: true })),
  roomState("reconnecting", () => ({ media: { phase: "reconnecting", microphone: noMedia.microphone } })),
  roomState("closed", () => ({ media: { phase: "closed" } })),
  roomState("closed-algorithms", () => ({ panel: null, media: { phase: "closed", closed: "unlisted" } })),
  roomState("connecting", () => ({ panel: null, media: { phase: "connecting", people: new Map() } })),
  roomState("audio-blocked", () => ({ panel: null, media: { audioBlocked: true } })),
  roomState("bandwidth", () => ({
    panel: null,
    mediaOf: { saegusa: { paused: true, camera: null, quality: "poor" } },
  })),
  roomState("no-camera", () => ({
    panel: null,
    media: { camera: { on: false, busy: false, problem: "denied" } },
    mediaOf: { self: { camera: null } },
  })),
  roomState("asked-to-unmute", () => ({
    panel: null,
    lobby: [],
    meta: { ...guestMeta(), askedToUnmuteAt: 5 },
    media: { microphone: noMedia.microphone },
  })),
  roomState("sharing", () => ({ panel: null, media: { sharing: true } })),
  roomState("share", () => ({ panel: null, mediaOf: { oba: { screen: "screen" } } })),
  roomState("hands", () => ({
    people: people().map((one, at) => (at < 2 ? { ...one, handRaisedAt: 1 } : one)),
  })),
  roomState("reactions", () => ({
    panel: null,
    after: [
      { type: "reaction", fromId: sampleId("oba"), reaction: "clap" },
      { type: "reaction", fromId: sampleId("saegusa"), reaction: "thumbsUp" },
    ],
  })),
  roomState("many", () => ({ panel: null, people: many() })),
  roomState("long-names", () => ({
    people: people().map((one) => ({
      ...one,
      displayName: "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原",
      affiliation: "山吹台大学附属病院経営企画室山吹台大学附属病院経営企画室山吹台大学附属病院経営",
    })),
  })),
];
