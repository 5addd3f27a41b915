/**
 * Opens protected frames as docs/adr/0022 describes them, written from that text and RFC 9605 with Node's crypto alone: no
 * line of the worker's code runs here, so that a test which opens frames with it proves what the frames are.
 */
import { createDecipheriv, hkdfSync } from "node:crypto";

const suites = {
  p256: { id: 4, hash: "sha256", keyBytes: 16, cipher: "aes-128-gcm" },
  p384: { id: 5, hash: "sha512", keyBytes: 32, cipher: "aes-256-gcm" },
} as const;

const media: ReadonlyMap<string, readonly [label: string, key: number, delta: number]> = new Map([
  ["audio/opus", ["audio", 1, 1]],
  ["video/vp8", ["vp8", 10, 3]],
  ["video/vp9", ["vp9", 0, 0]],
]);

export type FrameToOpen = {
  readonly bytes: Buffer;
  readonly mimeType: string | null;
  readonly keyFrame: boolean;
};

export type OpenedFrame = { readonly content: Buffer; readonly leaf: number; readonly epoch: number };

/** Null where this key does not open it. */
export function openFrame(
  { bytes, mimeType, keyFrame }: FrameToOpen,
  suite: keyof typeof suites,
  baseKey: Uint8Array,
): OpenedFrame | null {
  const [label = "", atKey = 0, atDelta = 0] = media.get(mimeType ?? "") ?? [];
  const headerAt = bytes.length - 1 - (bytes.at(-1) ?? 0);
  const header = bytes.subarray(Math.max(0, headerAt), -1);
  // A key id of 64 bits always takes all of its eight bytes; the counter up to 8, or stands in the first byte.
  const first = header[0] ?? 0;
  const counterBytes = (first & 8) === 0 ? 0 : (first & 7) + 1;
  if (headerAt < 16 || first >> 4 !== 15 || header.length !== 9 + counterBytes) return null;
  const keyId = header.subarray(1, 9);
  const counter = Buffer.alloc(12);
  if (counterBytes === 0) counter[11] = first & 7;
  else header.copy(counter, 12 - counterBytes, 9);
  const clear = bytes.subarray(0, Math.min(keyFrame ? atKey : atDelta, headerAt - 16));
  const { id, hash, keyBytes, cipher } = suites[suite];
  const derive = (name: string, length: number) => {
    const info = Buffer.concat([Buffer.from(`SFrame 1.0 Secret ${name} `), keyId, Buffer.from([0, id])]);
    return Buffer.from(hkdfSync(hash, baseKey, "", info, length));
  };
  const nonce = derive("salt", 12).map((byte, at) => byte ^ (counter[at] ?? 0));
  const decipher = createDecipheriv(cipher, derive("key", keyBytes), nonce, { authTagLength: 16 });
  decipher.setAAD(Buffer.concat([header, Buffer.from(`sekisho ${label} `), clear]));
  decipher.setAuthTag(bytes.subarray(headerAt - 16, headerAt));
  try {
    const rest = decipher.update(bytes.subarray(clear.length, headerAt - 16));
    decipher.final();
    return {
      content: Buffer.concat([clear, rest]),
      leaf: keyId.readUInt16BE(5),
      epoch: keyId[7] ?? 0,
    };
  } catch {
    return null;
  }
}
