/**
 * A protected frame: clear codec bytes ‖ ciphertext ‖ tag ‖ header ‖ length of the header. RFC 9605 puts the header first;
 * here it is last, because packetizers and the SFU read a frame's first bytes (docs/adr/0022).
 */
import type { Medium } from "./frames.ts";
import { decodeHeader, encodeHeader, type Header } from "./header.ts";
import { TAG_BYTES } from "./sender-key.ts";

/** What others must read of a frame to carry it: Opus' TOC, VP8's frame tag and, in a key frame, its dimensions. */
export function clearBytes(medium: Medium, keyFrame: boolean): number {
  switch (medium) {
    case "audio":
      return 1;
    case "vp8":
      return keyFrame ? 10 : 3;
    case "vp9":
      return 0;
  }
}

export type SealedFrame = {
  readonly header: Header;
  readonly clear: Uint8Array;
  /** Ciphertext and tag. */
  readonly sealed: Uint8Array;
};

export function joinFrame({ header, clear, sealed }: SealedFrame): Uint8Array {
  const trailer = encodeHeader(header);
  const frame = new Uint8Array(clear.length + sealed.length + trailer.length + 1);
  frame.set(clear);
  frame.set(sealed, clear.length);
  frame.set(trailer, clear.length + sealed.length);
  frame[frame.length - 1] = trailer.length;
  return frame;
}

/** Null where it cannot be one. */
export function splitFrame(frame: Uint8Array, clearMost: number): SealedFrame | null {
  const headerLength = frame.at(-1) ?? 0;
  const bodyLength = frame.length - 1 - headerLength;
  if (headerLength === 0 || bodyLength < TAG_BYTES) return null;
  const header = decodeHeader(frame.subarray(bodyLength, -1));
  if (header === null) return null;
  const clear = Math.min(clearMost, bodyLength - TAG_BYTES);
  return { header, clear: frame.subarray(0, clear), sealed: frame.subarray(clear, bodyLength) };
}

/** What the tag covers beside the ciphertext: header, kind of medium, clear bytes. No label is the beginning of another. */
export function additionalData(header: Header, medium: Medium, clear: Uint8Array): Uint8Array<ArrayBuffer> {
  const parts = [encodeHeader(header), new TextEncoder().encode(`sekisho ${medium} `), clear];
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
