/** The classes of confidentiality as an organisation has them (CNF-1, CNF-2). */
import { classProblemCodes, confidentialities, type ClassChanges } from "@sekisho/domain";
import { z } from "zod";
import { instant } from "../schemas.ts";
import type { OrganisationRulesView } from "./account.ts";
import { policyField } from "./meeting.ts";
import { audience } from "./room.ts";

const policyValues = z.strictObject({
  encryption: z.enum(["e2ee", "transport"]),
  whoMayJoin: z.enum(["named", "signedIn", "anyoneWithLink"]),
  visibility: z.enum(["private", "public"]),
  passcodeRequired: z.boolean(),
  waitingRoom: z.boolean(),
  joinBeforeHost: z.boolean(),
  muteOnEntry: z.boolean(),
  verifierRequired: z.boolean(),
  admitAll: z.boolean(),
  screenShare: audience,
  chat: audience,
  rename: audience,
  unmute: audience,
  recording: z.enum(["off", "allowed"]),
  files: z.enum(["off", "allowed"]),
  personalNumber: z.enum(["forbidden", "allowed"]),
  regions: z.enum(["home", "groupA", "any"]),
  agreement: z.boolean(),
  guestProof: z.enum(["address", "none"]),
  secondFactor: z.boolean(),
  deviceDeclaration: z.boolean(),
  nameRule: z.enum(["registered", "withAffiliation", "free"]),
  registration: z.enum(["required", "none"]),
});

export const classLocks = policyValues.partial();
export const classDefaults = policyValues
  .omit({
    admitAll: true,
    recording: true,
    files: true,
    personalNumber: true,
    regions: true,
    secondFactor: true,
    deviceDeclaration: true,
  })
  .partial();
/** The organisation's own words for a class, beside the choice. */
export const classDefinition = z.strictObject({
  ja: z.string().trim().max(1000),
  en: z.string().trim().max(1000),
});

export const classRules = z.strictObject({
  locks: classLocks,
  defaults: classDefaults,
  definition: classDefinition,
});
export type ClassRulesView = z.infer<typeof classRules>;

export const classes = z.strictObject({ high: classRules, medium: classRules, low: classRules });
export type ClassesView = z.infer<typeof classes>;

/** What a form of a new meeting needs of the classes: words and what it starts with. */
const classForHosts = z.strictObject({ defaults: classDefaults, definition: classDefinition });
export const classesForHosts = z.strictObject({
  high: classForHosts,
  medium: classForHosts,
  low: classForHosts,
});
export type ClassesForHosts = z.infer<typeof classesForHosts>;

/** ISO 3166-1 alpha-2: what 国内 means. */
const homeCountry = z.string().regex(/^[A-Z]{2}$/u);

export const classProblem = z.strictObject({
  level: z.enum(confidentialities),
  code: z.enum(classProblemCodes),
  field: policyField,
});
export type ClassProblemView = z.infer<typeof classProblem>;

export const classEffect = z.strictObject({
  problems: z.array(classProblem),
  /** Meetings to come that some changed lock holds harder than before; per class. */
  tightened: z.strictObject({ high: z.int(), medium: z.int(), low: z.int() }),
  /** Of those that are going on now. */
  live: z.int(),
});
export type ClassEffect = z.infer<typeof classEffect>;

export const classVersion = z.strictObject({
  version: z.int(),
  at: instant,
  /** Null: the server itself, or somebody whose name is not for the reader. */
  by: z.string().max(128).nullable(),
  changed: z.array(
    z.strictObject({
      level: z.enum(confidentialities),
      part: z.enum(["lock", "default", "definition"]),
      field: policyField.nullable(),
    }),
  ),
});

export const organisationClasses = z.strictObject({
  version: z.int(),
  home: homeCountry,
  classes,
  /** As 002 has them, for comparison. */
  standard: classes,
  versions: z.array(classVersion).max(50),
});
export type OrganisationClasses = z.infer<typeof organisationClasses>;

export const classesInput = z.strictObject({ home: homeCountry, classes });
export type ClassesInput = z.infer<typeof classesInput>;

/** As the database keeps the organisation's rules: what is not there is the standard. */
export type StoredRules = OrganisationRulesView & {
  readonly classes?: ClassChanges;
  readonly home?: string;
};
