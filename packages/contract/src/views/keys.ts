/** Keys of an end-to-end encrypted meeting (ENC-2): what the server orders and hands on without being able to read it. */
import { z } from "zod";
import { opaqueId } from "../schemas.ts";

/** Bytes as base64url without padding. */
const bytes = (most: number) =>
  z
    .string()
    .regex(/^[A-Za-z0-9_-]+$/u)
    .max(Math.ceil((most * 4) / 3));

/** A key package is some hundreds of bytes; a Welcome for 300 people about 110 KB (measured). */
export const keyPackageBytes = bytes(8 * 1024);
export const commitBytes = bytes(256 * 1024);
export const welcomeBytes = bytes(768 * 1024);
/** A message of the group: 2,000 letters, padded, or as much for one person alone. */
export const sealedBytes = bytes(20 * 1024);

/** `main`, or the applicant of a verification call. */
export const keyGroupName = z.union([z.literal("main"), opaqueId]);

/** Of the meeting's group, for those inside. */
export const keysView = z.strictObject({
  /** 0: no host has begun it yet. */
  generation: z.int().min(0),
  epoch: z.int().min(0),
  /** Admitted, and not in the group yet. `ready`: the device has offered its key package. */
  awaiting: z.array(z.strictObject({ id: opaqueId, ready: z.boolean() })),
});
export type KeysView = z.infer<typeof keysView>;

export const keyCommitView = z.strictObject({
  epoch: z.int().min(0),
  /** The gate's own record of it (ENC-7): members compare it with what the commit itself says. */
  by: opaqueId,
  added: z.array(opaqueId),
  removed: z.array(opaqueId),
  commit: commitBytes,
});
export type KeyCommitView = z.infer<typeof keyCommitView>;

export const keysSince = z.strictObject({
  generation: z.int().min(0),
  epoch: z.int().min(0),
  /** From the epoch that was asked for on, in order; for members alone. */
  commits: z.array(keyCommitView),
  /** For whoever was added, until the next commit that adds them. */
  welcome: z.strictObject({ epoch: z.int(), by: opaqueId, welcome: welcomeBytes }).nullable(),
  /** For those who may add: the key packages of those who wait for it. */
  offers: z.array(z.strictObject({ admissionId: opaqueId, keyPackage: keyPackageBytes })),
});
export type KeysSince = z.infer<typeof keysSince>;
