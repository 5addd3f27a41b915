/** What each class of confidentiality fixes, and what a new meeting of it starts with (CNF-1; seed 002 chapter 5). */
import { confidentialities, openness, policyFields, stricter } from "./values.ts";
import type { Confidentiality, PolicyField, PolicyValues } from "./values.ts";

/** Fields that a host chooses, so that a class can say what they start with. */
export const defaultFields = [
  ...(["encryption", "whoMayJoin", "visibility", "passcodeRequired", "waitingRoom"] as const),
  ...(["joinBeforeHost", "muteOnEntry", "verifierRequired", "screenShare", "chat", "rename"] as const),
  ...(["unmute", "agreement", "guestProof", "nameRule", "registration"] as const),
] as const satisfies readonly PolicyField[];
export type DefaultField = (typeof defaultFields)[number];

/** A lock holds for every meeting of the class; a default is what its host finds and may change (MTG-7). */
export type ClassRules = {
  readonly locks: Partial<PolicyValues>;
  readonly defaults: Partial<Pick<PolicyValues, DefaultField>>;
  /** The organisation's own words for the class, beside the choice (CNF-2); empty: none. */
  readonly definition: { readonly ja: string; readonly en: string };
};
export type Classes = { readonly [C in Confidentiality]: ClassRules };

const undefinedYet = { ja: "", en: "" } as const;

/** The classes as 002 describes them. */
export const standardClasses: Classes = {
  high: {
    locks: {
      encryption: "e2ee",
      visibility: "private",
      passcodeRequired: true,
      waitingRoom: true,
      joinBeforeHost: false,
      admitAll: false,
      verifierRequired: true,
      screenShare: "nobody",
      recording: "off",
      files: "off",
      personalNumber: "forbidden",
      regions: "home",
      agreement: true,
      guestProof: "address",
      deviceDeclaration: true,
    },
    defaults: {},
    definition: undefinedYet,
  },
  medium: {
    locks: {
      passcodeRequired: true,
      waitingRoom: true,
      joinBeforeHost: false,
      screenShare: "nobody",
      recording: "off",
      files: "off",
      regions: "groupA",
      agreement: true,
    },
    defaults: { verifierRequired: true },
    definition: undefinedYet,
  },
  // 002, 5.3: people register beforehand. What follows from that for the passcode, the form does.
  low: {
    locks: {},
    defaults: { verifierRequired: true, registration: "required" },
    definition: undefinedYet,
  },
};

/** Without these it is not a meeting of class high any more, whatever an organisation writes (002, 5.1). */
export const highFloor = {
  encryption: "e2ee",
  waitingRoom: true,
  verifierRequired: true,
} as const satisfies Partial<PolicyValues>;

/** What an organisation has changed in a class: null takes away what the standard has. */
export type ClassChange = {
  readonly locks?: { readonly [F in PolicyField]?: PolicyValues[F] | null | undefined } | undefined;
  readonly defaults?: { readonly [F in DefaultField]?: PolicyValues[F] | null | undefined } | undefined;
  readonly definition?: { readonly ja: string; readonly en: string } | undefined;
};
export type ClassChanges = { readonly [C in Confidentiality]?: ClassChange | undefined };

/** Changes lie over the standard field by field: what a later standard tightens reaches whoever has not touched it. */
export function classesWith(changes: ClassChanges): Classes {
  const { high, medium, low } = standardClasses;
  const changed = withChange(high, changes.high);
  return {
    high: { ...changed, locks: strictest(changed.locks, highFloor) },
    medium: withChange(medium, changes.medium),
    low: withChange(low, changes.low),
  };
}

/** The other way round: what stands in `classes` and not in the standard. */
export function changesFrom(classes: Classes): ClassChanges {
  const changes = confidentialities.map((level): [Confidentiality, ClassChange] => {
    const { locks, defaults, definition } = classes[level];
    const standard = standardClasses[level];
    const words = definition.ja === "" && definition.en === "" ? {} : { definition };
    return [level, { ...difference(standard, { locks, defaults }), ...words }];
  });
  return Object.fromEntries(changes.filter(([, change]) => Object.keys(change).length > 0));
}

/** The stricter end of each field that either side names. */
export function strictest(a: Partial<PolicyValues>, b: Partial<PolicyValues>): Partial<PolicyValues> {
  let both: Partial<PolicyValues> = {};
  for (const field of policyFields) both = { ...both, ...stricterOf(field, a[field], b[field]) };
  return both;
}

function stricterOf<F extends PolicyField>(
  field: F,
  a: PolicyValues[F] | undefined,
  b: PolicyValues[F] | undefined,
): Partial<PolicyValues> {
  if (a === undefined) return b === undefined ? {} : { [field]: b };
  return { [field]: b === undefined ? a : stricter(field, a, b) };
}

/** Whether `next` holds some field harder than `before` did. */
export function tightens(before: Partial<PolicyValues>, next: Partial<PolicyValues>): boolean {
  return policyFields.some((field) => isTighter(field, before[field], next[field]));
}

function isTighter<F extends PolicyField>(
  field: F,
  before: PolicyValues[F] | undefined,
  next: PolicyValues[F] | undefined,
): boolean {
  if (next === undefined) return false;
  return before === undefined || openness(field, next) < openness(field, before);
}

function withChange(standard: ClassRules, change: ClassChange | undefined): ClassRules {
  return {
    locks: overlaid(standard.locks, change?.locks ?? {}),
    defaults: overlaid(standard.defaults, change?.defaults ?? {}),
    definition: change?.definition ?? standard.definition,
  };
}

type Changed = { readonly [F in PolicyField]?: PolicyValues[F] | null | undefined };

/** Without what is null or absent. */
export function valuesOf(changed: Changed): Partial<PolicyValues> {
  return overlaid({}, changed);
}

function overlaid(base: Partial<PolicyValues>, change: Changed): Partial<PolicyValues> {
  let values: Partial<PolicyValues> = {};
  for (const field of policyFields) {
    const value = change[field] === undefined ? base[field] : change[field];
    if (value !== undefined && value !== null) values = { ...values, [field]: value };
  }
  return values;
}

function difference(
  standard: Pick<ClassRules, "locks" | "defaults">,
  wanted: Pick<ClassRules, "locks" | "defaults">,
): ClassChange {
  const locks = differing(standard.locks, wanted.locks);
  const defaults = differing(standard.defaults, wanted.defaults);
  return {
    ...(Object.keys(locks).length === 0 ? {} : { locks }),
    ...(Object.keys(defaults).length === 0 ? {} : { defaults }),
  };
}

function differing(standard: Partial<PolicyValues>, wanted: Partial<PolicyValues>): Changed {
  let changed: Changed = {};
  for (const field of policyFields)
    if (standard[field] !== wanted[field]) changed = { ...changed, [field]: wanted[field] ?? null };
  return changed;
}
