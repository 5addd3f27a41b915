/** The safety code as the dialog shows it (ENC-4). */
import type { PersonView } from "@sekisho/contract";
import type { KeyHolder, KeyTrust, SafetyCode } from "../../keys/keys-state.ts";

const groupLength = 5;

/** 30 digits as six groups, each a list of digits so that each can be read out alone. */
export function groupsOf(digits: string): readonly (readonly string[])[] {
  const groups: string[][] = [];
  for (let at = 0; at < digits.length; at += groupLength)
    groups.push([...digits.slice(at, at + groupLength)]);
  return groups;
}

/** The code that came after the one on the screen; the dialog never changes under somebody who reads aloud. */
export function newerThan(held: SafetyCode, now: SafetyCode | null): SafetyCode | null {
  return now === null || now.digits === held.digits ? null : now;
}

export type ShownHolder = {
  readonly id: string;
  readonly name: string;
  readonly affiliation: string;
  readonly self: boolean;
  readonly admits: boolean;
  /** The name that the own device signed, where the server shows another one. */
  readonly signedAs: string | null;
  /** `stranger`: holds keys, and the server shows nobody of this id. */
  readonly trust: KeyTrust | "stranger";
};

/** Names are the server's; a holder whom the server does not show is never left out. What warns stands first. */
export function shownHolders(
  holders: readonly KeyHolder[],
  people: readonly Pick<PersonView, "id" | "displayName" | "affiliation">[],
  selfId: string,
): readonly ShownHolder[] {
  const shown = holders.map(({ id, name, trust, admits }): ShownHolder => {
    const person = people.find((one) => one.id === id);
    const self = id === selfId;
    if (person === undefined && !self)
      return { id, name, affiliation: "", self, admits, signedAs: null, trust: "stranger" };
    return {
      id,
      name: person?.displayName ?? name,
      affiliation: person?.affiliation ?? "",
      self,
      admits,
      signedAs: person === undefined || person.displayName === name ? null : name,
      trust,
    };
  });
  return shown.toSorted((a, b) => Number(warns(b)) - Number(warns(a)));
}

export function warns({ trust, self }: Pick<ShownHolder, "trust" | "self">): boolean {
  return !self && (trust === "changed" || trust === "stranger");
}
