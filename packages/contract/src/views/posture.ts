/** Versions in use, updates and known weaknesses, for administrators (OPS-1). */
import { z } from "zod";
import { instant } from "../schemas.ts";

export const feedKinds = ["releases", "vulnerabilities"] as const;
export type FeedKind = (typeof feedKinds)[number];

export const advisorySeverities = ["critical", "high", "medium", "low", "none", "unknown"] as const;
export type AdvisorySeverity = (typeof advisorySeverities)[number];

/** Why a list was not taken the last time it was asked for. */
export const feedProblems = [
  "address_refused",
  "unreachable",
  "timed_out",
  "tls_failed",
  "redirected",
  "unauthorised",
  "http_error",
  "too_large",
  "wrong_shape",
  "bad_signature",
  "older_version",
] as const;
export type FeedProblem = (typeof feedProblems)[number];

export const release = z.strictObject({
  version: z.string(),
  at: instant,
  /** Mends a weakness. */
  security: z.boolean(),
  /** Where it is described; https. */
  notes: z.string().nullable(),
});
export type Release = z.infer<typeof release>;

/** A list of releases as it was last taken; the newest first. */
export type ReleaseList = { readonly issuedAt: number; readonly releases: readonly Release[] };

export const feedView = z.strictObject({
  url: z.string(),
  /** What signs it (releases only); null: nothing does. */
  publicKey: z.string().nullable(),
  keywords: z.array(z.string()),
  lastContactAt: instant.nullable(),
  /** Null: the last try was good, or there was none. */
  lastProblem: z.enum(feedProblems).nullable(),
  /** When whoever keeps the list of releases issued what was last taken. */
  issuedAt: instant.nullable(),
});
export type FeedView = z.infer<typeof feedView>;

export const advisoryView = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** http or https; null: none that can be opened. */
  link: z.string().nullable(),
  severity: z.enum(advisorySeverities),
  score: z.number().nullable(),
  publishedAt: instant.nullable(),
  modifiedAt: instant.nullable(),
  keywords: z.array(z.string()),
  /** `by` null: somebody whose name is not for the reader. */
  mark: z
    .strictObject({ as: z.enum(["seen", "handled"]), by: z.string().nullable(), at: instant })
    .nullable(),
  /** Its publisher has changed it since it was marked. */
  changed: z.boolean(),
});
export type AdvisoryView = z.infer<typeof advisoryView>;

export const partNames = ["sekisho", "livekit", "postgresql", "node"] as const;

/** How this very request came, and what meetings can be encrypted with (ENC-6). */
export const postureTransport = z.strictObject({
  via: z.enum(["direct", "proxy", "plain"]),
  /** Version and suite as negotiated, by their standard names; only where the connection ends here. */
  tls: z.string().nullable(),
  /** IPA's profile of the built-in HTTPS. */
  profile: z.enum(["recommended", "high"]).nullable(),
  e2ee: z.boolean(),
  at: instant,
});

export const posture = z.strictObject({
  /** Asked of the parts themselves; `version` null: it did not answer. */
  parts: z.array(z.strictObject({ part: z.enum(partNames), version: z.string().nullable(), at: instant })),
  transport: postureTransport,
  build: z.int(),
  minimumBuild: z.int(),
  /** Null: not set, and nobody is asked (DAT-5). */
  releases: feedView.nullable(),
  vulnerabilities: feedView.nullable(),
  /** The newest release above this server's version. */
  update: release.nullable(),
  advisories: z.array(advisoryView),
});
export type Posture = z.infer<typeof posture>;
