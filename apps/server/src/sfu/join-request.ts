import { gunzipSync, gzipSync } from "node:zlib";
import { bytesField, concat, latin1, onlyBytes, onlyVarint, readFields, varintField } from "./protobuf.ts";
import type { Field } from "./protobuf.ts";
import { offerActive } from "./sdp.ts";

/** A join request that the gate has understood and written anew. */
export type JoinRequest = {
  readonly resume: boolean;
  /** LiveKit's id of the connection to resume; empty at a first join. */
  readonly participantSid: string;
  /** The parameter for upstream: base64url *with* padding, or LiveKit answers 400. */
  readonly encoded: string;
};

export type JoinRequestOptions = { readonly preferAeadSrtp: boolean; readonly maxBytes: number };

const charset = /^[A-Za-z0-9_-]+={0,2}$/;
const sidCharset = /^(?:PA_[A-Za-z0-9]{1,64})?$/;

/** Fields of JoinRequest that may pass. Not: 3 metadata, 4 attributes, 5 tracks (would pass by the check of add_track). */
const field = { client: 1, settings: 2, offer: 6, resume: 7, resumeReason: 8, sid: 9 } as const;
const passing: ReadonlySet<number> = new Set(Object.values(field));

/**
 * Reads the `join_request` parameter of livekit-client: base64url → WrappedJoinRequest → gunzip → JoinRequest.
 * `undefined` for anything that a page of ours does not send: other fields, doubled fields, a body that unpacks
 * to more than `maxBytes`.
 */
export function readJoinRequest(parameter: string, options: JoinRequestOptions): JoinRequest | undefined {
  if (!charset.test(parameter)) return undefined;
  const body = unwrap(Buffer.from(parameter, "base64url"), options.maxBytes);
  const fields = body && readFields(body, 64);
  if (fields === undefined || fields.some((each) => !passing.has(each.number))) return undefined;
  if (new Set(fields.map((each) => each.number)).size !== fields.length) return undefined;
  const resume = onlyVarint(fields, field.resume);
  const participantSid = latin1(onlyBytes(fields, field.sid) ?? new Uint8Array());
  if ((resume !== 0 && resume !== 1) || !sidCharset.test(participantSid)) return undefined;
  const parts = fields.map((each) => rewritten(each, options));
  const whole = parts.every((part) => part !== undefined) ? concat(parts) : undefined;
  return whole && { resume: resume === 1, participantSid, encoded: wrap(whole) };
}

function unwrap(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const fields = readFields(bytes, 2);
  if (fields === undefined || fields.some((each) => each.number > 2)) return undefined;
  const inner = onlyBytes(fields, 2);
  const compression = onlyVarint(fields, 1);
  if (inner === undefined) return undefined;
  if (compression === 0) return inner.length <= maxBytes ? inner : undefined;
  return compression === 1 ? gunzip(inner, maxBytes) : undefined;
}

function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch {
    return undefined;
  }
}

function wrap(joinRequest: Uint8Array): string {
  const wrapped = concat([varintField(1, 1), bytesField(2, gzipSync(joinRequest))]);
  return Buffer.from(wrapped).toString("base64").replaceAll("+", "-").replaceAll("/", "_");
}

function rewritten(each: Field, options: JoinRequestOptions): Uint8Array | undefined {
  if (each.number !== field.offer) return each.raw;
  if (each.wire !== "bytes") return undefined;
  const description = rewriteDescription(each.value, options.preferAeadSrtp);
  return description && bytesField(field.offer, description.bytes);
}

/** SessionDescription: 1 type, 2 sdp, 3 id, 4 mid → track. Returns it with the offer turned active, and the SDP. */
export function rewriteDescription(
  bytes: Uint8Array,
  preferAeadSrtp: boolean,
): { readonly bytes: Uint8Array; readonly sdp: string } | undefined {
  const fields = readFields(bytes);
  const sdpBytes = fields && onlyBytes(fields, 2);
  if (fields === undefined || sdpBytes === undefined) return undefined;
  const sdp = latin1(sdpBytes);
  if (!preferAeadSrtp) return { bytes, sdp };
  const turned = bytesField(2, Buffer.from(offerActive(sdp), "latin1"));
  return { bytes: concat(fields.map((each) => (each.number === 2 ? turned : each.raw))), sdp };
}
