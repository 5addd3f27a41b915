import type { MediaGrants, MediaSource } from "@sekisho/domain";
import { rewriteDescription } from "./join-request.ts";
import {
  bytesField,
  concat,
  latin1,
  onlyBytes,
  onlyVarint,
  readFields,
  textField,
  varintField,
} from "./protobuf.ts";
import type { Field } from "./protobuf.ts";
import { mediaSections } from "./sdp.ts";
import { mediaOf } from "./track-ledger.ts";
import type { TrackLedger } from "./track-ledger.ts";

export type ClientFrameContext = {
  readonly grants: MediaGrants;
  readonly tracks: TrackLedger;
  readonly preferAeadSrtp: boolean;
};

/** `refuse`: no page of ours sends this, so the connection is closed. `leaving`: the last word of a client. */
export type ClientFrameVerdict =
  | { readonly do: "pass"; readonly frame: Uint8Array; readonly leaving: boolean }
  | { readonly do: "drop" }
  | { readonly do: "answer"; readonly frame: Uint8Array }
  | { readonly do: "refuse" };

/** Field numbers of SignalRequest (livekit_rtc.proto, 1.13.5). */
const request = { offer: 1, addTrack: 4, leave: 8 } as const;

/**
 * Request kinds that pass as they are: answer, trickle, mute, subscription, track settings, leave, layers, sync
 * state, ping (old and new), audio and video track settings. Dropped by not being here: 11 subscription
 * permission (the fence is the gate's), 13 simulate, 15 metadata, 19–23 data tracks and blobs (chat and files go
 * through the server), and whatever a later version adds.
 */
const passing: ReadonlySet<number> = new Set([2, 3, 5, 6, 7, request.leave, 10, 12, 14, 16, 17, 18]);

const drop = { do: "drop" } as const;
const refuse = { do: "refuse" } as const;

/** Judges one binary frame of the page. SignalRequest is a oneof: one frame, one field. */
export function judgeClientFrame(frame: Uint8Array, context: ClientFrameContext): ClientFrameVerdict {
  const fields = readFields(frame, 1);
  const [field] = fields ?? [];
  if (field === undefined) return refuse;
  if (field.number === request.offer) return judgeOffer(field, context);
  if (field.number === request.addTrack) return judgeAddTrack(field, context);
  if (!passing.has(field.number)) return drop;
  return { do: "pass", frame: field.raw, leaving: field.number === request.leave };
}

function judgeOffer(field: Field, context: ClientFrameContext): ClientFrameVerdict {
  const description =
    field.wire === "bytes" ? rewriteDescription(field.value, context.preferAeadSrtp) : undefined;
  const sections = description && mediaSections(description.sdp);
  if (description === undefined || sections === undefined) return refuse;
  if (!context.tracks.offered(sections)) return refuse;
  return { do: "pass", frame: bytesField(request.offer, description.bytes), leaving: false };
}

/** Fields of AddTrackRequest. 2 name and 15 stream are left out: text that others would be shown. */
const track = { cid: 1, type: 3, source: 8, codecs: 10, sid: 11 } as const;
const trackPassing: ReadonlySet<number> = new Set([1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 17]);
const repeated: ReadonlySet<number> = new Set([9, track.codecs, 17]);
const idCharset = /^[\x21-\x7e]{1,128}$/;

const sources: ReadonlyMap<number, MediaSource> = new Map([
  [1, "camera"],
  [2, "microphone"],
  [3, "screenShare"],
  [4, "screenShareAudio"],
]);

function judgeAddTrack(field: Field, context: ClientFrameContext): ClientFrameVerdict {
  const fields = field.wire === "bytes" ? readFields(field.value, 64) : undefined;
  if (fields === undefined || !singular(fields)) return refuse;
  const source = sources.get(onlyVarint(fields, track.source) ?? 0);
  const type = onlyVarint(fields, track.type);
  const cid = latin1(onlyBytes(fields, track.cid) ?? new Uint8Array());
  if (source === undefined || !idCharset.test(cid)) return refuse;
  // LiveKit itself takes a video track that calls itself a microphone.
  if (type !== (mediaOf(source) === "video" ? 1 : 0)) return refuse;
  const sid = latin1(onlyBytes(fields, track.sid) ?? new Uint8Array());
  const allowed =
    context.grants.sources.includes(source) &&
    (sid === "" ? context.tracks.request(source, cid) : context.tracks.extend(source, sid));
  if (!allowed) return { do: "answer", frame: notAllowed(cid) };
  const kept = fields.filter((each) => trackPassing.has(each.number)).map((each) => each.raw);
  return { do: "pass", frame: bytesField(request.addTrack, concat(kept)), leaving: false };
}

/** Two values for one thing: which one counts would be for the reader to choose, so there is none. */
function singular(fields: readonly Field[]): boolean {
  const numbers = fields.map((each) => each.number).filter((number) => !repeated.has(number));
  return new Set(numbers).size === numbers.length;
}

/** SignalResponse 22 request_response { 2 reason: 2 NOT_ALLOWED, 5 add_track { 1 cid } }: as LiveKit itself refuses. */
function notAllowed(cid: string): Uint8Array {
  return bytesField(22, concat([varintField(2, 2), bytesField(5, textField(track.cid, cid))]));
}
