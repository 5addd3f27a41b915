/** A meeting's rule for names (INV-6): what a person without an account may be called in it. */
import type { PolicyValues } from "../policy/values.ts";
import { nameProblem } from "./skeleton.ts";

export type NameRule = PolicyValues["nameRule"];

/** A name as it is shown: 氏名 and 所属, each as it was typed. */
export type GivenName = { readonly displayName: string; readonly affiliation: string };

/** Brackets of any writing: `山田（みどり野銀行）` typed as a name would put words into the rule's own brackets. */
const brackets = /[\p{Ps}\p{Pe}<>]/u;

export function hasBrackets(name: string): boolean {
  return brackets.test(name.normalize("NFKC"));
}

/**
 * Whether `name` keeps `rule`. `known`: those who were invited or have registered. Names that `nameProblem` refuses are
 * the caller's business. An affiliation that nobody knows stays empty under `registered`: nothing unproved is shown.
 */
export function keepsNameRule(rule: NameRule, name: GivenName, known: readonly GivenName[]): boolean {
  switch (rule) {
    case "free":
      return true;
    case "withAffiliation":
      return nameProblem(name.affiliation) === null && !hasBrackets(name.displayName);
    case "registered":
      return known.some((one) => sameName(one, name));
    default:
      return false;
  }
}

/** The same but for width, kana width, case and spaces. Look-alikes are other names here, and stay told apart (ADM-10). */
export function sameName(one: GivenName, other: GivenName): boolean {
  return (
    folded(one.displayName) === folded(other.displayName) &&
    folded(one.affiliation) === folded(other.affiliation)
  );
}

function folded(text: string): string {
  return text
    .normalize("NFKC")
    .replace(/[\p{Z}\s]/gu, "")
    .toLowerCase();
}
