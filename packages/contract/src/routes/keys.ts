/** Keys of end-to-end encrypted meetings: the server takes, orders and hands on (ENC-2, ENC-5, ENC-7). */
import { z } from "zod";
import { access } from "../access.ts";
import { defineRoute } from "../define-route.ts";
import { opaqueId } from "../schemas.ts";
import {
  commitBytes,
  keyGroupName,
  keyPackageBytes,
  keysSince,
  sealedBytes,
  welcomeBytes,
} from "../views/keys.ts";
import { link } from "./entry.ts";
import { command } from "./live-command.ts";

const always = command.errors;
const group = z.strictObject({ ...link.shape, group: keyGroupName });

export const offer = defineRoute({
  ...command,
  id: "keys.offer",
  path: "/api/m/:link/keys/:group/offer",
  summary: "The key package with which this device can be added to the keys",
  access: access.lobby,
  params: group,
  body: z.strictObject({ keyPackage: keyPackageBytes }),
  errors: ["not_in_meeting", "not_allowed"],
  audit: ["keys.offered"],
});
export const found = defineRoute({
  ...command,
  id: "keys.found",
  path: "/api/m/:link/keys/:group/found",
  summary: "Begin a group of keys, or begin it anew where nobody is left who could add the others",
  access: access.participant,
  params: group,
  body: z.strictObject({ generation: z.int().min(1) }),
  errors: [...always, "keys_taken"],
  audit: ["keys.founded"],
});
export const commit = defineRoute({
  ...command,
  id: "keys.commit",
  path: "/api/m/:link/keys/:group/commits",
  summary: "The next commit of a group; the first of an epoch counts, and the others are refused",
  access: access.participant,
  params: group,
  body: z.strictObject({
    generation: z.int().min(1),
    epoch: z.int().min(0),
    added: z.array(opaqueId).max(1000),
    removed: z.array(opaqueId).max(1000),
    commit: commitBytes,
    welcome: welcomeBytes.nullable(),
  }),
  errors: [...always, "keys_taken", "no_such_person"],
  audit: ["keys.committed"],
  maxBodyBytes: 1_500_000,
});
export const since = defineRoute({
  ...command,
  id: "keys.since",
  method: "GET",
  path: "/api/m/:link/keys/:group",
  summary: "What has happened to a group's keys since an epoch, as far as the reader is in it",
  access: access.lobby,
  params: group,
  query: z.strictObject({
    /** What the reader has already; nothing yet: 0. */
    generation: z.coerce.number().int().min(0).default(0),
    epoch: z.coerce.number().int().min(0).default(0),
  }),
  response: keysSince,
  errors: ["not_in_meeting"],
  limit: "read",
});
export const signal = defineRoute({
  ...command,
  id: "keys.signal",
  path: "/api/m/:link/keys/signals",
  summary: "A reaction or a raised hand, encrypted for the group; nothing is kept",
  access: access.participant,
  body: z.strictObject({ sealed: sealedBytes }),
  limit: "chat",
});
