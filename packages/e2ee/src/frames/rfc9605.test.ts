/** Known answers of RFC 9605, appendix C: header, key derivation and a sealed frame of suites 4 and 5. */
import { expect, test } from "vitest";
import { decodeHeader, encodeHeader } from "./header.ts";
import { deriveSenderKey, importBaseKey, nonceOf } from "./sender-key.ts";

const hex = (text: string) => Uint8Array.from(Buffer.from(text, "hex"));
const asHex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test.each([
  [0n, 0n, "00"],
  [0n, 1n, "01"],
  [0n, 255n, "08ff"],
  [0n, 256n, "090100"],
  [1n, 16777216n, "1b01000000"],
  [255n, 65535n, "89ffffff"],
  [256n, 1099511627775n, "9c0100ffffffffff"],
  [65535n, 256n, "99ffff0100"],
  [16777216n, 72057594037927935n, "be01000000ffffffffffffff"],
  [4294967295n, 281474976710656n, "beffffffff01000000000000"],
  [1099511627775n, 0n, "c0ffffffffff"],
  [0n, 18446744073709551615n, "0fffffffffffffffff"],
])("[ENC-2] a header of key %d and counter %d is written as the RFC does", (keyId, counter, encoded) => {
  expect(asHex(encodeHeader({ keyId, counter }))).toBe(encoded);
  expect(decodeHeader(hex(encoded))).toEqual({ keyId, counter });
});

test.each(["", "08", "0807", "090007", "8007", "9800", "0000", "0fffffffffffffffffff"])(
  "[ENC-2] a header in any other form, as %s, is none",
  (encoded) => {
    expect(decodeHeader(hex(encoded))).toBeNull();
  },
);

const sealed = {
  keyId: 0x123n,
  counter: 0x4567n,
  baseKey: "000102030405060708090a0b0c0d0e0f",
  aad: "99012345674945544620534672616d65205747",
  content: "64726166742d696574662d736672616d652d656e63",
};

test.each([
  [
    "p256",
    "75234edefe07819026751816",
    "75234edefe07819026755d71",
    "9901234567b7412c2513a1b66dbb48841bbaf17f598751176ad847681a69c6d0b091c07018ce4adb34eb",
  ],
  [
    "p384",
    "84991c167b8cd23c93708ec7",
    "84991c167b8cd23c9370cba0",
    "990123456794f509d36e9beacb0e261d99c7d1e972f1fed787d4049f17ca21353c1cc24d56ceabced279",
  ],
] as const)(
  "[ENC-2] key, salt, nonce and ciphertext of %s are the RFC's",
  async (suite, salt, nonce, frame) => {
    const base = await importBaseKey(hex(sealed.baseKey));
    const made = await deriveSenderKey(base, suite, sealed.keyId);
    expect(asHex(made.salt)).toBe(salt);
    const iv = nonceOf(made.salt, sealed.counter);
    expect(asHex(iv)).toBe(nonce);
    const additionalData = hex(sealed.aad);
    const ciphertext = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv, additionalData, tagLength: 128 },
      made.key,
      hex(sealed.content),
    );
    expect(asHex(new Uint8Array(ciphertext))).toBe(frame.slice(10));
  },
);
