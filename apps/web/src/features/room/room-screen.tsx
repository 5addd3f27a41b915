import { useEffect, useState, type ReactNode } from "react";
import { useCommands, useMeetingState, useRoom, may } from "../../api/live/meeting-context.ts";
import type { MeetingState, RoomState } from "../../api/live/meeting-state.ts";
import { peopleHere } from "../../api/live/own-room.ts";
import { useWords } from "../../i18n/words.ts";
import { useKeysState } from "../../keys/keys-context.ts";
import { useMedia, useMediaState } from "../../media/media-context.ts";
import type { MediaState } from "../../media/media-state.ts";
import { isCalling } from "../../meeting-shell/calling.ts";
import { useStageTheme } from "../../theme/theme.ts";
import { Banners, type BannersProps } from "./banners.tsx";
import { ControlBar, type PanelId } from "./control-bar.tsx";
import { DeviceDialog } from "./device-dialog.tsx";
import { KeysDialog } from "./keys-dialog.tsx";
import { RoomBar } from "./room-bar.tsx";
import { roomBanners } from "./room-banners.ts";
import styles from "./room.module.css";
import { RoomPanel } from "./room-panel.tsx";
import { LeaveDialog, ShareDialog } from "./share-dialog.tsx";
import { Stage } from "./stage.tsx";
import { stageOf } from "./stage-model.ts";
import { useAnnouncements } from "./use-announcements.ts";
import { useBack } from "./use-back.ts";
import { useOwnMedia } from "./use-own-media.ts";
import { useRoomActions } from "./use-room-actions.ts";
import { useRoomUpdate } from "./use-room-update.ts";
import { useRoomKeys } from "./use-room-keys.ts";
import { useMatches } from "./use-size.ts";
import { cx } from "../../ui/cx.ts";

export interface RoomScreenProps {
  /** What the other features draw; the room gives them their places. */
  panels: Readonly<Record<PanelId, ReactNode>>;
  panel: PanelId | null;
  onPanel: (panel: PanelId | null) => void;
  /** The card over the stage, left of the panel. */
  card: ReactNode;
  /** The one row above the bar on a phone; its place is always kept for those who see the waiting room. */
  phoneRow: ReactNode;
  onFirstWaiting: () => void;
  /** The line of the breakout rooms above the pictures; null while there are none. */
  rooms: ReactNode;
  /** For those who arrange them. */
  onRooms: (() => void) | null;
  /** The dialog of the safety code; null where the meeting has none. */
  safetyCode: ((layer: SafetyCodeLayer) => ReactNode) | null;
}

export interface SafetyCodeLayer {
  readonly onClose: () => void;
  readonly onLeave: () => void;
}

type Layer = "share" | "keys" | "devices" | "leave" | "safetyCode" | null;

export function RoomScreen(props: RoomScreenProps): ReactNode {
  const t = useWords("room");
  const room = useRoom();
  const state = useMeetingState();
  const media = useMediaState();
  const [layer, setLayer] = useState<Layer>(null);
  const actions = useRoomActions({ room, media, openShare: () => setLayer("share") });
  useStageTheme();
  useAnnouncements(state, media.phase);
  useTabTitle(room);
  useBack(() => setLayer("leave"));
  const openCode = props.safetyCode === null ? null : () => setLayer("safetyCode");
  const toggle = (panel: PanelId) => props.onPanel(props.panel === panel ? null : panel);
  useRoomKeys({
    talk: actions.talk,
    act: (action) => {
      if (action === "microphone") actions.microphone();
      else if (action === "camera") actions.camera();
      else if (action === "hand") actions.hand();
      else if (action === "keys") setLayer("keys");
      else if (action === "waiting") props.onFirstWaiting();
      else if (action === "safetyCode") openCode?.();
      else if (action !== "security" || may(room.meta, "meeting.setRights")) toggle(action);
    },
  });
  return (
    <div className={cx(styles["room"], props.panel !== null && styles["with-panel"])}>
      <div className={styles["bar"]} data-region="bar" tabIndex={-1}>
        <RoomBar meta={room.meta} fresh={state.fresh} onSafetyCode={openCode} />
      </div>
      <Middle {...props} {...{ room, state, media, actions, openCode }} />
      {props.phoneRow !== null && (
        <section className={styles["phone-row"]} aria-label={t("waiting")}>
          {props.phoneRow}
        </section>
      )}
      <footer className={styles["controls"]} data-region="controls" aria-label={t("controls")} tabIndex={-1}>
        <ControlBar
          room={room}
          media={media}
          panel={props.panel}
          unread={state.unread}
          clockAhead={state.clockAhead}
          handRaised={actions.handRaised}
          leaving={actions.leaving}
          onMicrophone={actions.microphone}
          onCamera={actions.camera}
          onShare={actions.share}
          onHand={actions.hand}
          onPanel={toggle}
          onLeave={actions.leave}
          onEnd={actions.end}
          more={{
            mayReact: may(room.meta, "reaction.send"),
            view: actions.view,
            onReact: actions.react,
            onView: actions.setView,
            onDevices: () => setLayer("devices"),
            onKeys: () => setLayer("keys"),
            onRooms: props.onRooms,
            onSafetyCode: openCode,
          }}
        />
      </footer>
      <Layers
        layer={layer}
        close={() => setLayer(null)}
        onShare={actions.startShare}
        onLeave={() => actions.leave(null)}
        hosting={room.meta.lobby !== null}
        safetyCode={props.safetyCode}
      />
    </div>
  );
}

type MiddleProps = RoomScreenProps & {
  room: RoomState;
  state: MeetingState;
  media: MediaState;
  actions: ReturnType<typeof useRoomActions>;
  openCode: (() => void) | null;
};

/** Banners and card lie over the stage, so that nothing in it moves when they come and go. */
function Middle({ room, state, media, actions, openCode, ...props }: MiddleProps): ReactNode {
  const t = useWords("room");
  const commands = useCommands();
  const shareEnded = useOwnMedia(room, state, useMedia(), media);
  const phone = useMatches("(max-width: 767px)");
  const awayFor = useAway(media.phase);
  const hostsAway = useLasting(room.meta.hostsAwayUntil !== null, HOST_GONE_MS);
  const [page, setPage] = useState(0);
  const [dismissed, setDismissed] = useState<ReadonlySet<string>>(new Set());
  const [pinned, setPinned] = useState<string | null>(null);
  const banners = roomBanners({
    meta: room.meta,
    media,
    streamLost: state.connection === "lost",
    awayFor,
    hasWaiting: room.lobby.length > 0,
    hostsAway,
    dismissed,
    stopped: state.stopped,
    shareEnded,
    update: useRoomUpdate(state.connection, room.meta.role === "host"),
    calling: isCalling(room),
    keys: useKeysState(),
  });
  const self = room.people.find((one) => one.id === room.meta.selfId)?.sfuIdentity ?? "";
  const model = stageOf({
    people: peopleHere(room)
      .filter((one) => one.connected || one.sfuIdentity === self)
      .map((one) => one.sfuIdentity),
    self,
    screens: [...media.people].filter(([id, one]) => id !== self && one.screen !== null).map(([id]) => id),
    speaker: useSpeaker(media, self),
    pinned,
    view: phone ? "speaker" : actions.view,
    page,
    perPage: 9,
    perStrip: phone ? 3 : 5,
  });
  return (
    <>
      <main id="main" className={styles["stage"]} data-region="stage" aria-label={t("stage")} tabIndex={-1}>
        <h1 className="sr-only">{room.meta.topic === "" ? t("title") : room.meta.topic}</h1>
        <Notices
          rooms={props.rooms}
          banners={banners}
          clockAhead={state.clockAhead}
          onAct={(act, banner) => {
            if (act === "dismiss") setDismissed(new Set([...dismissed, banner.id]));
            else if (act === "standIn") props.onPanel("people");
            else if (act === "safetyCode") openCode?.();
            else actions.banner(act, commands);
            if (act === "standIn") setDismissed(new Set([...dismissed, banner.id]));
          }}
        />
        <Stage
          room={room}
          media={media}
          model={model}
          pinned={pinned}
          onPin={setPinned}
          onPage={setPage}
          reactions={state.reactions}
        />
      </main>
      {props.card !== null && <div className={styles["card"]}>{props.card}</div>}
      {props.panel !== null && (
        <RoomPanel panel={props.panel} panels={props.panels} onPanel={props.onPanel} />
      )}
    </>
  );
}

/** The line of the breakout rooms has a place of its own; banners come and go over the pictures. */
function Notices({ rooms, ...shown }: BannersProps & { rooms: ReactNode }): ReactNode {
  const t = useWords("room");
  const label = t("notices");
  return (
    <div className={styles["notices"]} data-region="banner" role="group" aria-label={label} tabIndex={-1}>
      {rooms}
      {shown.banners.length > 0 && (
        <div className={styles["banners"]}>
          <Banners {...shown} />
        </div>
      )}
    </div>
  );
}

interface LayersProps {
  layer: Layer;
  close: () => void;
  onShare: () => void;
  onLeave: () => void;
  hosting: boolean;
  safetyCode: RoomScreenProps["safetyCode"];
}

function Layers({ layer, close, onShare, onLeave, hosting, safetyCode }: LayersProps): ReactNode {
  const after = (act: () => void) => () => {
    close();
    act();
  };
  switch (layer) {
    case "share":
      return <ShareDialog onClose={close} onGo={after(onShare)} />;
    case "leave":
      return <LeaveDialog onClose={close} onLeave={after(onLeave)} />;
    case "keys":
      return <KeysDialog onClose={close} />;
    case "devices":
      return <DeviceDialog onClose={close} hosting={hosting} />;
    case "safetyCode":
      return safetyCode?.({ onClose: close, onLeave: after(onLeave) });
    case null:
      return null;
  }
}

/** Who spoke last stays the speaker while nobody speaks. */
function useSpeaker(media: MediaState, self: string): string | null {
  const [speaker, setSpeaker] = useState<string | null>(null);
  const now = media.speakers.find((one) => one !== self) ?? null;
  if (now !== null && now !== speaker) setSpeaker(now);
  return speaker;
}

/** A host who reconnects is back within this time (ms). */
const HOST_GONE_MS = 5000;

/** True once `on` has been true for `ms` without a break. */
function useLasting(on: boolean, ms: number): boolean {
  const [lasts, setLasts] = useState(false);
  useEffect(() => {
    setLasts(false);
    if (!on) return;
    const timer = setTimeout(() => setLasts(true), ms);
    return () => clearTimeout(timer);
  }, [on, ms]);
  return lasts;
}

/** For how long media has been away, ms; looked at once it matters. */
function useAway(phase: MediaState["phase"]): number {
  const [away, setAway] = useState(0);
  useEffect(() => {
    setAway(0);
    if (phase !== "reconnecting") return;
    const timer = setTimeout(() => setAway(20_000), 20_000);
    return () => clearTimeout(timer);
  }, [phase]);
  return away;
}

function useTabTitle(room: RoomState): void {
  const t = useWords("room");
  const waiting = room.lobby.length;
  const topic = room.meta.topic === "" ? t("title") : room.meta.topic;
  useEffect(() => {
    document.title = waiting > 0 ? `${t("tabWaiting", { count: waiting })} · ${topic}` : `${topic} · Sekisho`;
    return () => {
      document.title = "Sekisho";
    };
  }, [waiting, topic, t]);
}
