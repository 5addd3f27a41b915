/** Accounts, sessions, the organisation. */
import { z } from "zod";
import { accountDuties } from "../access.ts";
import { email, instant, locale, opaqueId, uuid } from "../schemas.ts";
import { factorState } from "./second-factor.ts";
import { audience } from "./room.ts";

export const accountRole = z.enum(["owner", "admin", "member"]);

/** Given by an owner besides the role (BAR-6). */
export const duties = z.array(z.enum(accountDuties)).max(accountDuties.length);

export const me = z.strictObject({
  id: uuid,
  displayName: z.string(),
  email,
  role: accountRole,
  /** Of an owner: all of them. */
  duties,
  locale,
  organisation: z.strictObject({ name: z.string(), address: z.string() }),
  personalNumber: z.string(),
});
export type Me = z.infer<typeof me>;

export const sessionRow = z.strictObject({
  id: opaqueId,
  current: z.boolean(),
  createdAt: instant,
  lastSeenAt: instant,
  /** Browser and system in a few words, as told by the browser; the address is kept shortened. */
  device: z.string().max(120),
  address: z.string().max(64),
});
export type SessionRow = z.infer<typeof sessionRow>;

export const accountRow = z.strictObject({
  id: uuid,
  displayName: z.string(),
  email,
  role: accountRole,
  duties,
  disabled: z.boolean(),
  createdAt: instant,
  lastSignInAt: instant.nullable(),
  factors: factorState,
});
export type AccountRow = z.infer<typeof accountRow>;

export const invitationRow = z.strictObject({
  id: uuid,
  email,
  displayName: z.string(),
  role: accountRole,
  createdAt: instant,
  expiresAt: instant,
});

export const personPick = z.strictObject({ id: uuid, displayName: z.string(), email });

export const fact = z.strictObject({
  name: z.enum(["database", "media", "https", "clock", "removal"]),
  ok: z.boolean(),
  /** A value for the sentence: ms of a round trip, a version, an offset in ms. */
  value: z.string().max(100),
  at: instant,
});

/** MTG-7: a default may be changed by the host, a lock may not. */
export const organisationRules = z.strictObject({
  defaults: z.strictObject({
    confidentiality: z.enum(["medium", "low"]).nullable(),
    muteOnEntry: z.boolean(),
    hostVideo: z.boolean(),
    participantVideo: z.boolean(),
    durationMinutes: z.int().min(5).max(1440),
  }),
  locks: z.strictObject({
    passcodeRequired: z.literal(true).optional(),
    waitingRoom: z.literal(true).optional(),
    joinBeforeHost: z.literal(false).optional(),
    muteOnEntry: z.literal(true).optional(),
    visibility: z.literal("private").optional(),
    whoMayJoin: z.enum(["named", "signedIn"]).optional(),
    screenShare: audience.optional(),
    chat: audience.optional(),
  }),
});
export type OrganisationRulesView = z.infer<typeof organisationRules>;

export const organisation = z.strictObject({
  name: z.string().trim().min(1).max(100),
  /** The official address, for fact sheets and invitations. */
  address: z.string().trim().max(200),
  rules: organisationRules,
});
