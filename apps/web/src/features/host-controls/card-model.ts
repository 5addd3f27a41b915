/** What the verifier's card shows and whether its button may be pressed. The server decides again (ADM-4). */
import type { LobbyRowView, RoomMeta } from "@sekisho/contract";
import { openMethods, type Method } from "./call-model.ts";

export type CardFact = {
  readonly id: "invited" | "registration" | "name" | "belongs" | "identity" | "agreement" | "device";
  /** Catalogue keys. */
  readonly label: string;
  readonly text: string;
  readonly tone: "ok" | "warn" | "plain";
  readonly version?: number;
  /** ms since 1970 UTC. */
  readonly at?: number;
};

export function cardFacts(row: LobbyRowView): readonly CardFact[] {
  return [
    invitedOrRegistered(row),
    {
      id: "name",
      label: "fact.name",
      text: `fact.name.${row.similarName}`,
      // Only looks were compared: two names a stroke apart are not told apart from two people.
      tone: row.similarName === "none" ? "plain" : "warn",
    },
    {
      id: "belongs",
      label: "fact.belongs",
      text: row.external ? "fact.belongs.external" : "fact.belongs.account",
      tone: row.external ? "plain" : "ok",
    },
    {
      id: "identity",
      label: "fact.identity",
      text: `fact.identity.${row.nameProved ? "proved" : row.badge}`,
      tone: row.badge === "unverified" ? "warn" : "ok",
    },
    ...saidFacts(row),
  ];
}

/** INV-4, SEC-8: what was said before asking. A line stands only where something was asked for or said. */
function saidFacts({ agreed, agreementMissing, deviceDeclaredAt }: LobbyRowView): readonly CardFact[] {
  const agreement = { id: "agreement", label: "fact.agreement" } as const;
  const facts: CardFact[] = [];
  if (agreed !== null) facts.push({ ...agreement, ...agreed, text: "fact.agreement.given", tone: "plain" });
  else if (agreementMissing) facts.push({ ...agreement, text: "fact.agreement.missing", tone: "warn" });
  if (deviceDeclaredAt !== null)
    facts.push({
      ...{ id: "device", label: "fact.device", text: "fact.device.declared" },
      ...{ at: deviceDeclaredAt, tone: "plain" },
    });
  return facts;
}

/** Where people have to register, that is what tells who was expected. */
function invitedOrRegistered({ registration, invited }: LobbyRowView): CardFact {
  if (registration === "none")
    return {
      ...{ id: "invited", label: "fact.invited", text: `fact.invited.${invited}` },
      tone: invited === "invited" ? "ok" : "warn",
    };
  return {
    ...{ id: "registration", label: "fact.registration", text: `fact.registration.${registration}` },
    tone: registration === "registered" ? "ok" : "warn",
  };
}

type Meta = Pick<RoomMeta, "role" | "lobby" | "locked" | "suspended">;

export type Needs = {
  readonly method: boolean;
  /** Somebody else is the verifier, or nobody: the host stands in and says why. */
  readonly reason: boolean;
  /** Only the verifier or the host may admit this person. */
  readonly notMine: boolean;
  readonly locked: boolean;
  /** The person’s device has offered no key package yet, and nobody is admitted before (ENC-7). */
  readonly keys: boolean;
};

export function needsOf(row: LobbyRowView, meta: Meta): Needs {
  const iVerify = meta.lobby?.verifier?.me === true;
  return {
    method: row.methodNeeded,
    reason: row.methodNeeded && !iVerify && meta.role === "host",
    notMine: row.methodNeeded && !iVerify && meta.role !== "host",
    locked: meta.locked !== null,
    keys: row.keys === "none",
  };
}

export type Choice = { readonly method: Method | null; readonly reason: string };

/** A method that has closed since it was chosen (a further call, another name) is chosen no more. */
export function stillChosen(choice: Choice, row: LobbyRowView, selfId: string): Choice {
  const open = choice.method === null || openMethods(row, selfId).has(choice.method);
  return open ? choice : { ...choice, method: null };
}

/** Why the button is not available, as a catalogue key; null when it is. */
export function blockedBy(
  needs: Needs,
  choice: Choice,
): "verifierOnly" | "methods.choose" | "standIn.missing" | "keys.missing" | null {
  if (needs.notMine) return "verifierOnly";
  if (needs.method && choice.method === null) return "methods.choose";
  if (needs.reason && choice.reason.trim() === "") return "standIn.missing";
  // Last: what a host can do meanwhile is said first.
  return needs.keys ? "keys.missing" : null;
}

/** Several who are known by their registration can be admitted by that match at once, by whoever may verify (INV-5). */
export function byMatch(row: LobbyRowView, meta: Meta): boolean {
  return row.methodNeeded && row.registrationMatch && !needsOf(row, meta).notMine;
}

/** A row that is looked at one by one: it warns, or a method has to be chosen for it. */
export function needsOwnLook(row: LobbyRowView, meta: Meta): boolean {
  const own = row.methodNeeded && !byMatch(row, meta);
  return own || row.similarName !== "none" || !isExpected(row) || row.agreementMissing || row.keys === "none";
}

function isExpected({ registration, invited }: LobbyRowView): boolean {
  return registration === "registered" || (registration === "none" && invited === "invited");
}

export type Warning =
  | "row.notAgreed"
  | "row.notInvited"
  | "row.sameLink"
  | "row.notRegistered"
  | "row.similar.inMeeting"
  | "row.similar.waiting";

/** The one line of warning that a row has room for; a name like somebody's inside is the most pressing. */
export function rowWarning(row: LobbyRowView): Warning | null {
  if (row.similarName !== "none") return `row.similar.${row.similarName}`;
  if (isExpected(row)) return row.agreementMissing ? "row.notAgreed" : null;
  return row.registration === "none" || row.registration === "registered"
    ? "row.notInvited"
    : `row.${row.registration}`;
}
