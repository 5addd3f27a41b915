import type { ClassEffect, OrganisationClasses } from "@sekisho/contract";
import { chains, policyFields, type PolicyField } from "@sekisho/domain";

export type Classes = OrganisationClasses["classes"];
export type Level = keyof Classes;
export type Rules = Classes[Level];
export type Problem = ClassEffect["problems"][number];
/** In the select boxes: a value's place in its chain, or none. */
export type Choice = `${number}` | "none";

export const LEVELS = ["high", "medium", "low"] as const satisfies readonly Level[];

/** As the page shows them: who gets in, what one may do there, where things are. */
export const GROUPS = [
  ["encryption", "regions", "recording", "files"],
  ["passcodeRequired", "waitingRoom", "joinBeforeHost", "verifierRequired", "admitAll", "whoMayJoin"],
  ["registration", "guestProof", "secondFactor", "agreement", "deviceDeclaration", "nameRule"],
  ["muteOnEntry", "screenShare", "chat", "rename", "unmute"],
  ["visibility", "personalNumber"],
] as const satisfies readonly (readonly PolicyField[])[];

/** High keeps these whatever else is chosen (CNF-2). */
export const FLOOR: readonly PolicyField[] = ["encryption", "waitingRoom", "verifierRequired"];

const noDefault: readonly PolicyField[] = [
  ...(["admitAll", "recording", "files", "personalNumber"] as const),
  ...(["regions", "secondFactor", "deviceDeclaration"] as const),
];

/** A field for which a host chooses, so that a class can say what they start with. */
export function hasDefault(field: PolicyField): boolean {
  return !noDefault.includes(field);
}

export function valuesOf(field: PolicyField): readonly (string | boolean)[] {
  return chains[field];
}

export function choiceOf(part: Rules["locks"], field: PolicyField): Choice {
  const value = part[field];
  const place = value === undefined ? -1 : valuesOf(field).indexOf(value);
  return place < 0 ? "none" : `${place}`;
}

/** The rules with another value of one field; `none` takes it out. */
export function withChoice(
  rules: Rules,
  part: "locks" | "defaults",
  field: PolicyField,
  choice: Choice,
): Rules {
  const now: Rules["locks"] = rules[part];
  const { [field]: _before, ...others } = now;
  const value = choice === "none" ? undefined : valuesOf(field)[Number(choice)];
  return { ...rules, [part]: value === undefined ? others : { ...others, [field]: value } };
}

/** Fields in which a class is not as the standard has it. */
export function differsFrom(standard: Rules, rules: Rules): readonly PolicyField[] {
  return policyFields.filter(
    (field) =>
      choiceOf(standard.locks, field) !== choiceOf(rules.locks, field) ||
      choiceOf(standard.defaults, field) !== choiceOf(rules.defaults, field),
  );
}

/** What the button beside a problem does (CNF-4): never more than that. */
export function resolved(classes: Classes, standard: Classes, { level, code, field }: Problem): Classes {
  const set = (part: "locks" | "defaults", choice: Choice) => ({
    ...classes,
    [level]: withChoice(classes[level], part, field, choice),
  });
  switch (code) {
    case "below_floor":
      return set("locks", choiceOf(standard[level].locks, field));
    case "higher_class_is_opener":
      return set("locks", strictestBelow(classes, level, field));
    case "waiting_room_needed_for_verifier":
      return set("locks", "0");
    case "default_beyond_lock":
    case "nothing_guards_the_link":
      return set("defaults", "none");
    case "e2ee_not_available":
    case "proof_without_mail":
      return {
        ...classes,
        [level]: withChoice(withChoice(classes[level], "locks", field, "none"), "defaults", field, "none"),
      };
  }
}

function strictestBelow(classes: Classes, level: Level, field: PolicyField): Choice {
  const places = LEVELS.slice(LEVELS.indexOf(level) + 1)
    .map((lower) => choiceOf(classes[lower].locks, field))
    .flatMap((choice) => (choice === "none" ? [] : [Number(choice)]));
  return places.length === 0 ? "none" : `${Math.min(...places)}`;
}
