/** Versions in use, lists that the server reads, known weaknesses (OPS-1). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { none, nothing } from "../schemas.ts";
import { feedKinds, posture } from "../views/posture.ts";

const json = {
  answers: "json",
  query: none,
  params: none,
  body: nothing,
  errors: [],
  audit: [],
  access: access.admin,
  response: posture,
} as const;
const kind = z.strictObject({ kind: z.enum(feedKinds) });

export const postureRead = defineRoute({
  ...json,
  id: "posture.read",
  method: "GET",
  path: "/api/posture",
  summary: "Versions in use, whether there is an update, known weaknesses",
  limit: "read",
});
export const feedSet = defineRoute({
  ...json,
  id: "feed.set",
  method: "PUT",
  path: "/api/posture/feeds/:kind",
  summary: "Name the list that the server reads, and read it",
  params: kind,
  body: z.strictObject({
    url: z.url({ protocol: /^https?$/u }).max(500),
    /** Ed25519, base64 of its SubjectPublicKeyInfo: a list of releases without its signature is then refused. */
    publicKey: z
      .string()
      .regex(/^[A-Za-z0-9+/]{59}=$/u)
      .nullable(),
    keywords: z.array(z.string().trim().min(2).max(60)).max(50),
  }),
  errors: ["upstream_not_allowed"],
  limit: "write",
  audit: ["feed.set"],
});
export const feedRemove = defineRoute({
  ...json,
  id: "feed.remove",
  method: "DELETE",
  path: "/api/posture/feeds/:kind",
  summary: "Ask nobody any more",
  params: kind,
  errors: ["not_found"],
  limit: "write",
  audit: ["feed.removed"],
});
export const feedCheck = defineRoute({
  ...json,
  id: "feed.check",
  method: "POST",
  path: "/api/posture/feeds/:kind/check",
  summary: "Read the list now",
  params: kind,
  errors: ["not_found"],
  limit: "write",
});
export const advisoryMark = defineRoute({
  ...json,
  id: "advisory.mark",
  method: "POST",
  path: "/api/posture/advisories/mark",
  summary: "Mark a known weakness as seen or handled, or take the mark away",
  body: z.strictObject({
    id: z.string().min(1).max(100),
    as: z.enum(["seen", "handled"]).nullable(),
  }),
  errors: ["not_found"],
  limit: "write",
  audit: ["advisory.marked"],
});
