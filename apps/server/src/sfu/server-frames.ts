import { bytesField, concat, latin1, onlyBytes, onlyVarint, readFields, textField } from "./protobuf.ts";
import type { Field } from "./protobuf.ts";
import { mediaSections } from "./sdp.ts";
import type { TrackLedger } from "./track-ledger.ts";

/** `renew`: LiveKit sent a fresh token; the page gets a fresh ticket of ours instead. */
export type ServerFrameVerdict =
  | { readonly do: "pass"; readonly frame: Uint8Array; readonly participantSid: string | undefined }
  | { readonly do: "renew" }
  | { readonly do: "drop" };

/** Field numbers of SignalResponse (livekit_rtc.proto, 1.13.5). */
const response = {
  join: 1,
  answer: 2,
  published: 6,
  leave: 8,
  refreshToken: 16,
  unpublished: 17,
  requestResponse: 22,
  trackSubscribed: 23,
} as const;

/**
 * What passes, besides the above. Dropped by not being here: 24 room moved (holds a token), 27–31 data tracks and
 * blobs, and whatever a later version adds.
 */
const passing: ReadonlySet<number> = new Set([
  1, 2, 3, 4, 5, 6, 8, 9, 10, 11, 12, 13, 14, 15, 17, 18, 19, 20, 21, 22, 23, 25, 26,
]);

/** Would send the page somewhere else: JoinResponse 7 alternative_url, LeaveRequest 4 regions. */
const elsewhere: ReadonlyMap<number, number> = new Map([
  [response.join, 7],
  [response.leave, 4],
]);

/** Any signed token, wherever it might turn up: nothing that LiveKit would accept reaches a page. */
const token = /eyJ[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}\.[A-Za-z0-9_-]{10,}/;

/** Judges one frame of LiveKit and keeps the ledger of tracks up to date. */
export function judgeServerFrame(frame: Uint8Array, tracks: TrackLedger): ServerFrameVerdict {
  const [field] = readFields(frame, 1) ?? [];
  if (field === undefined || field.wire !== "bytes") return passVarint(field);
  if (field.number === response.refreshToken) return { do: "renew" };
  if (!passing.has(field.number) || token.test(latin1(field.value))) return { do: "drop" };
  const participantSid = field.number === response.join ? sidOfJoin(field.value) : undefined;
  note(field.number, field.value, tracks);
  const unwanted = elsewhere.get(field.number);
  if (unwanted === undefined) return { do: "pass", frame: field.raw, participantSid };
  const body = without(field.value, unwanted);
  if (body === undefined) return { do: "drop" };
  return { do: "pass", frame: bytesField(field.number, body), participantSid };
}

/** 18 pong is the only number among the responses. */
function passVarint(field: Field | undefined): ServerFrameVerdict {
  if (field?.wire !== "varint" || field.number !== 18) return { do: "drop" };
  return { do: "pass", frame: field.raw, participantSid: undefined };
}

export function ticketFrame(ticket: string): Uint8Array {
  return textField(response.refreshToken, ticket);
}

function without(body: Uint8Array, number: number): Uint8Array | undefined {
  const fields = readFields(body, 65_536);
  return fields && concat(fields.filter((each) => each.number !== number).map((each) => each.raw));
}

function note(kind: number, body: Uint8Array, tracks: TrackLedger): void {
  const fields = readFields(body, 65_536) ?? [];
  const text = (from: readonly Field[], number: number) =>
    latin1(onlyBytes(from, number) ?? new Uint8Array());
  const inside = (number: number) => readFields(onlyBytes(fields, number) ?? new Uint8Array()) ?? [];
  switch (kind) {
    case response.answer:
      return tracks.answered(mediaSections(text(fields, 2)) ?? []);
    case response.published:
      return tracks.published(text(fields, 1), text(inside(2), 1));
    case response.unpublished:
      return tracks.unpublished(text(fields, 1));
    case response.trackSubscribed:
      return tracks.subscribed(text(fields, 1));
    case response.requestResponse:
      // Reasons 0 OK and 4 QUEUED are not refusals.
      if (![0, 4].includes(onlyVarint(fields, 2) ?? 0)) tracks.refused(text(inside(5), 1));
      return;
    default:
      return;
  }
}

/** JoinResponse 2 participant → 1 sid. */
function sidOfJoin(body: Uint8Array): string | undefined {
  const participant = onlyBytes(readFields(body, 65_536) ?? [], 2);
  const sid = participant && onlyBytes(readFields(participant, 65_536) ?? [], 1);
  return sid && latin1(sid);
}
