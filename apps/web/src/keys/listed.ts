/** Which algorithms the keys of a meeting are made of, and the list that recommends them (ENC-6). The one place for both. */
import type { Suite } from "@sekisho/e2ee";

/** 電子政府推奨暗号リスト, the first part of CRYPTREC's list; a new edition is compared with `algorithms` before it is named. */
export const cryptrecList = {
  number: "CRYPTREC LS-0001-2022R2",
  /** Of this edition. */
  date: "2026-03-30",
  url: "https://www.cryptrec.go.jp/list/cryptrec-ls-0001-2022r2.pdf",
  /** What of it is used here, by the list's own names. */
  names: ["ECDH", "ECDSA", "AES", "GCM", "SHA-256", "SHA-384", "SHA-512", "HMAC"],
} as const;

export type ListedName = (typeof cryptrecList.names)[number];

export type Algorithm = {
  readonly use: "agreement" | "signature" | "content" | "hash" | "code";
  /** As it is used: with its curve or length. */
  readonly name: string;
  readonly listedAs: readonly ListedName[];
};

const shared = (curve: string, hash: ListedName, aes: number): readonly Algorithm[] => [
  { use: "agreement", name: `ECDH ${curve}`, listedAs: ["ECDH"] },
  { use: "signature", name: `ECDSA ${curve}`, listedAs: ["ECDSA", hash] },
  { use: "content", name: `AES-${aes}-GCM`, listedAs: ["AES", "GCM"] },
];

/** Of the group (RFC 9420) and of the frames (RFC 9605), which share the suite's name. */
export const algorithms: Readonly<Record<Suite, readonly Algorithm[]>> = {
  p256: [
    ...shared("P-256", "SHA-256", 128),
    { use: "hash", name: "SHA-256", listedAs: ["SHA-256"] },
    { use: "code", name: "HMAC-SHA-256", listedAs: ["HMAC", "SHA-256"] },
  ],
  p384: [
    ...shared("P-384", "SHA-384", 256),
    { use: "hash", name: "SHA-384, SHA-512", listedAs: ["SHA-384", "SHA-512"] },
    { use: "code", name: "HMAC-SHA-384, HMAC-SHA-512", listedAs: ["HMAC", "SHA-384", "SHA-512"] },
  ],
};

/** The suite by its number in the registry of RFC 9420. */
export const suiteNames: Readonly<Record<Suite, string>> = {
  p256: "MLS 0x0002 (P-256, AES-128-GCM, SHA-256)",
  p384: "MLS 0x0007 (P-384, AES-256-GCM, SHA-384)",
};

/** Where the encryption of a TLS suite stands: on the list of recommended ones, among its candidates, or not known here. */
export function listedSuite(tls: string): "recommended" | "candidate" | "unknown" {
  if (/AES_(?:128|256)_GCM/u.test(tls)) return "recommended";
  return tls.includes("CHACHA20_POLY1305") ? "candidate" : "unknown";
}
