import type { MediaSource } from "@sekisho/domain";
import type { MediaSection } from "./sdp.ts";

type Entry = { readonly source: MediaSource; cid: string; sid?: string; mid?: string; sentOn?: boolean };

/** Senders one page can have: each source once, and for a video a second one for its backup codec. */
const maxSenders = { audio: 2, video: 4 } as const;

/**
 * Which tracks of one participant are alive at the SFU: at most one of each source. Camera and screen cannot be
 * told apart on the wire, so the number is what can be held. LiveKit tells a client nothing about tracks the
 * client itself has ended; that one is gone is read from the SFU's *answer*, whose word on what it receives is
 * final (the client's offer alone could be a lie that LiveKit never processes).
 */
export type TrackLedger = {
  /** The client asks for a new track. False: there is one of that source already. */
  request(source: MediaSource, cid: string): boolean;
  /** The client adds a codec to a published track. False: no such track of that source. */
  extend(source: MediaSource, sid: string): boolean;
  published(cid: string, sid: string): void;
  unpublished(sid: string): void;
  /** LiveKit says that somebody else's connection is up and bound to this track: it is being sent on. */
  subscribed(sid: string): void;
  /** The sids of tracks of which that was said. */
  readonly sentOn: () => readonly string[];
  refused(cid: string): void;
  /** False when the client wants to send more than its sources can need. */
  offered(sections: readonly MediaSection[]): boolean;
  answered(sections: readonly MediaSection[]): void;
};

export function createTrackLedger(
  seed: readonly { readonly sid: string; readonly source: MediaSource }[] = [],
): TrackLedger {
  const entries = new Set<Entry>(seed.map(({ sid, source }) => ({ source, cid: sid, sid })));
  let offer: readonly MediaSection[] = [];

  const find = (test: (entry: Entry) => boolean) => [...entries].find(test);
  const drop = (test: (entry: Entry) => boolean) => {
    const entry = find(test);
    if (entry) entries.delete(entry);
  };

  return {
    request(source, cid) {
      const entry = find((each) => each.source === source);
      if (entry) return entry.cid === cid;
      if (find((each) => each.cid === cid)) return false;
      entries.add({ source, cid });
      return true;
    },
    extend: (source, sid) => find((each) => each.sid === sid)?.source === source,
    published(cid, sid) {
      const entry = find((each) => each.cid === cid);
      if (entry) entry.sid = sid;
    },
    subscribed(sid) {
      const entry = find((each) => each.sid === sid);
      if (entry) entry.sentOn = true;
    },
    sentOn: () => [...entries].flatMap((each) => (each.sentOn === true ? (each.sid ?? []) : [])),
    unpublished: (sid) => drop((each) => each.sid === sid),
    // A second request for a track that is already there may be refused without ending the first.
    refused: (cid) => drop((each) => each.cid === cid && each.sid === undefined),
    offered(sections) {
      offer = sections.filter((section) => section.sends && section.media !== "other");
      const count = (media: "audio" | "video") => offer.filter((each) => each.media === media).length;
      return count("audio") <= maxSenders.audio && count("video") <= maxSenders.video;
    },
    answered(sections) {
      const received = new Set(sections.filter((each) => each.receives).map((each) => each.mid));
      for (const entry of entries) {
        if (entry.mid !== undefined && !received.has(entry.mid)) entries.delete(entry);
      }
      assignSections(
        entries,
        offer.filter((section) => received.has(section.mid)),
      );
    },
  };
}

/** By the track id in the SDP; where a browser gives tracks other ids there, in order. */
function assignSections(entries: ReadonlySet<Entry>, sending: readonly MediaSection[]): void {
  const taken = new Set([...entries].map((entry) => entry.mid));
  for (const byId of [true, false]) {
    for (const entry of entries) {
      if (entry.mid !== undefined) continue;
      const section = sending.find(
        (each) =>
          !taken.has(each.mid) &&
          each.media === mediaOf(entry.source) &&
          (!byId || each.trackId === entry.cid),
      );
      if (section === undefined) continue;
      entry.mid = section.mid;
      taken.add(section.mid);
    }
  }
}

export function mediaOf(source: MediaSource): "audio" | "video" {
  return source === "camera" || source === "screenShare" ? "video" : "audio";
}
