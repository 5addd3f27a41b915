/** The lasting conditions of the room as data, most pressing first. Two are shown at a time. */
import type { RoomMeta } from "@sekisho/contract";
import { may } from "../../api/live/meeting-context.ts";
import type { KeysState } from "../../keys/keys-state.ts";
import type { MediaState } from "../../media/media-state.ts";

export type BannerAct =
  | "retry"
  | "resume"
  | "standIn"
  | "lock"
  | "stopShare"
  | "unmute"
  | "dismiss"
  | "update"
  | "leave"
  | "safetyCode";

export type RoomBanner = {
  readonly id: string;
  readonly tone: "info" | "warn" | "danger";
  readonly key: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly acts: readonly BannerAct[];
};

export type BannerInput = {
  readonly meta: RoomMeta;
  readonly media: MediaState;
  readonly streamLost: boolean;
  /** How long media has been away, ms. */
  readonly awayFor: number;
  readonly hasWaiting: boolean;
  /** No host has been here for longer than a moment: a line that drops is not an absence. */
  readonly hostsAway: boolean;
  /** Ids the person has closed. */
  readonly dismissed: ReadonlySet<string>;
  /** A source that a host stopped; null once it was on again or the notice was closed. */
  readonly stopped: { readonly source: string; readonly count: number } | null;
  /** Why the own sharing ended by itself; a catalogue key. */
  readonly shareEnded: string | null;
  /** What becomes of the own place where the page is updated now; null: there is no update. */
  readonly update: "seat" | "waiting" | null;
  /** In a verification call, and so out of the meeting's room (ADM-13). */
  readonly calling: boolean;
  /** null in meetings with transport encryption. */
  readonly keys: KeysState | null;
};

const LONG_AWAY_MS = 20_000;
const MOST = 2;

export function roomBanners(input: BannerInput): readonly RoomBanner[] {
  const all = [
    ...alarms(input),
    ...connection(input),
    ...called(input),
    ...stops(input),
    ...asked(input),
    ...own(input),
    ...hosting(input),
    ...bandwidth(input),
    ...update(input),
  ];
  return all.filter((one) => !input.dismissed.has(one.id)).slice(0, MOST);
}

/** What is wrong with the keys comes before everything else, and is closed by nobody. */
function alarms({ keys }: BannerInput): RoomBanner[] {
  if (keys === null) return [];
  if (keys.phase === "broken" && keys.alarms.length === 0)
    return [{ id: "keys.broken", tone: "danger", key: "banner.keys.broken", acts: ["leave"] }];
  return keys.alarms.map((alarm) => ({
    id: `keys.${alarm}`,
    tone: "danger",
    key: `banner.keys.${alarm}`,
    acts: [alarm === "forked" ? "leave" : "safetyCode"],
  }));
}

function connection({ media, awayFor, streamLost }: BannerInput): RoomBanner[] {
  if (media.phase === "reconnecting") {
    const long = awayFor >= LONG_AWAY_MS;
    const key = long ? "banner.reconnectingLong" : "banner.reconnecting";
    return [{ id: "media", tone: "warn", key, acts: long ? ["retry"] : [] }];
  }
  // Another try would negotiate the same (ENC-6).
  if (media.phase === "closed" && media.closed === "unlisted")
    return [{ id: "media", tone: "danger", key: "banner.unlisted", acts: [] }];
  if (media.phase === "closed")
    return [{ id: "media", tone: "danger", key: "banner.closed", acts: ["retry"] }];
  return streamLost ? [{ id: "stream", tone: "warn", key: "banner.stream", acts: [] }] : [];
}

function called({ calling }: BannerInput): RoomBanner[] {
  return calling ? [{ id: "calling", tone: "info", key: "banner.calling", acts: [] }] : [];
}

function stops({ meta, hostsAway }: BannerInput): RoomBanner[] {
  if (meta.suspended !== null)
    return [
      {
        id: "suspended",
        tone: "danger",
        key: "banner.suspended",
        acts: may(meta, "meeting.resume") ? ["resume"] : [],
      },
    ];
  if (meta.hostsAwayUntil === null || !hostsAway) return [];
  const params = { until: meta.hostsAwayUntil };
  return [{ id: "hostsAway", tone: "warn", key: "banner.hostsAway", params, acts: [] }];
}

function asked({ meta, media, stopped }: BannerInput): RoomBanner[] {
  const banners: RoomBanner[] = [];
  if (meta.askedToUnmuteAt !== null && !media.microphone.on && may(meta, "media.microphone"))
    banners.push({
      id: `asked${meta.askedToUnmuteAt}`,
      tone: "info",
      key: "banner.askUnmute",
      acts: ["unmute", "dismiss"],
    });
  if (stopped !== null && stopped.source !== "screenShareAudio")
    banners.push({
      id: `stopped${stopped.count}`,
      tone: "info",
      key: `banner.stopped.${stopped.source}`,
      acts: ["dismiss"],
    });
  return banners;
}

function own({ media, shareEnded }: BannerInput): RoomBanner[] {
  const banners: RoomBanner[] = [];
  if (media.sharing)
    banners.push({ id: "sharing", tone: "info", key: "banner.sharing", acts: ["stopShare"] });
  else if (shareEnded !== null)
    banners.push({
      id: "shareEnded",
      tone: "warn",
      // "In this meeting" would say too much: the policy may let go of it again while the meeting goes on.
      key: shareEnded === "reason.barrier" ? "banner.shareEnded.barrier" : "banner.shareEnded",
      params: { reasonKey: shareEnded },
      acts: ["dismiss"],
    });
  for (const which of ["microphone", "camera"] as const) {
    const { problem } = media[which];
    if (problem !== null)
      banners.push({
        id: `${which}.${problem}`,
        tone: "warn",
        key: `banner.problem.${which}.${problem === "insecure" ? "unknown" : problem}`,
        acts: ["dismiss"],
      });
  }
  return banners;
}

function hosting({ meta, hasWaiting }: BannerInput): RoomBanner[] {
  const { lobby } = meta;
  if (lobby === null) return [];
  const banners: RoomBanner[] = [];
  const verifierAway = lobby.verifier !== null && !lobby.verifier.present && !lobby.verifier.me;
  if (verifierAway && hasWaiting)
    banners.push({
      id: "verifierAway",
      tone: "warn",
      key: "banner.verifierAway",
      acts: meta.role === "host" ? ["standIn"] : [],
    });
  if (lobby.everybodyInvitedIsIn && meta.locked === null && may(meta, "meeting.lock"))
    banners.push({ id: "everybodyIn", tone: "info", key: "banner.everybodyIn", acts: ["lock", "dismiss"] });
  return banners;
}

function bandwidth({ media }: BannerInput): RoomBanner[] {
  const paused = [...media.people.values()].some((one) => one.paused);
  return paused ? [{ id: "bandwidth", tone: "info", key: "banner.bandwidth", acts: [] }] : [];
}

/** Nobody is taken out of a meeting for an update: it says what would happen, and waits (OPS-1). */
function update({ update: place }: BannerInput): RoomBanner[] {
  if (place === null) return [];
  return [{ id: "update", tone: "info", key: `banner.update.${place}`, acts: ["update", "dismiss"] }];
}
