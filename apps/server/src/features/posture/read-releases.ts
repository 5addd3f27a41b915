/** A list of releases, signed where its keeper's key is known, and what it means for this server (OPS-1). Pure. */
import type { Release, ReleaseList } from "@sekisho/contract";
import { createPublicKey, verify, type KeyObject } from "node:crypto";
import { z } from "zod";

/** What a later version of the list adds is passed over. */
const listShape = z.object({
  format: z.literal("sekisho-releases"),
  issuedAt: z.iso.datetime(),
  releases: z
    .array(
      z.object({
        version: z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/u),
        date: z.iso.date(),
        security: z.boolean(),
        notes: z
          .url({ protocol: /^https$/u })
          .max(500)
          .nullable(),
      }),
    )
    .max(1000),
});
/** The bytes that are signed go as they are: nobody has to write JSON twice in the same way. */
const signedShape = z.object({ payload: z.base64().max(1_000_000), signature: z.base64().max(200) });

export type ReadReleases =
  | { readonly kind: "list"; readonly list: ReleaseList }
  | { readonly kind: "failed"; readonly problem: "wrong_shape" | "bad_signature" | "older_version" };

export type ReadReleasesOptions = {
  readonly publicKey: string | null;
  /** What was last taken from the same keeper: an older list would hide what a newer one has told. */
  readonly before: ReleaseList | null;
};

export function readReleases(text: string, { publicKey, before }: ReadReleasesOptions): ReadReleases {
  const document = parsed(text);
  const signed = signedShape.safeParse(document);
  if (publicKey !== null && !(signed.success && isSigned(signed.data, publicKey)))
    return { kind: "failed", problem: "bad_signature" };
  const inside = signed.success ? parsed(Buffer.from(signed.data.payload, "base64").toString()) : document;
  const read = listShape.safeParse(inside);
  if (!read.success) return { kind: "failed", problem: "wrong_shape" };
  const issuedAt = Date.parse(read.data.issuedAt);
  if (before !== null && issuedAt < before.issuedAt) return { kind: "failed", problem: "older_version" };
  const releases = read.data.releases
    .map(({ version, date, security, notes }) => ({ version, at: Date.parse(date), security, notes }))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  return { kind: "list", list: { issuedAt, releases: releases.slice(0, 20) } };
}

/** The newest above the own version; it mends a weakness where one of those in between does. */
export function updateOf(list: ReleaseList | null, own: string): Release | null {
  const newer = list?.releases.filter(({ version }) => compareVersions(version, own) > 0) ?? [];
  const [newest] = newer;
  return newest === undefined ? null : { ...newest, security: newer.some(({ security }) => security) };
}

export function compareVersions(a: string, b: string): number {
  const [left, right] = [a, b].map((one) => one.split(".").map(Number));
  for (const [index, part] of (left ?? []).entries()) {
    const difference = part - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/** Null: this is no Ed25519 key. */
export function signingKey(publicKey: string): KeyObject | null {
  try {
    const key = createPublicKey({ key: Buffer.from(publicKey, "base64"), format: "der", type: "spki" });
    return key.asymmetricKeyType === "ed25519" ? key : null;
  } catch {
    return null;
  }
}

function isSigned({ payload, signature }: z.infer<typeof signedShape>, publicKey: string): boolean {
  const key = signingKey(publicKey);
  const [bytes, by] = [payload, signature].map((one) => Buffer.from(one, "base64"));
  return key !== null && bytes !== undefined && by !== undefined && verify(null, bytes, key, by);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
