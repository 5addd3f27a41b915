/**
 * What a directory wants of a person, read from a whole user or from the steps of a PATCH. Only what is named here is
 * taken: no role, no duty and no password ever comes from a directory.
 */
import type { DirectoryPerson, PersonOfDirectory } from "../../platform/directory.ts";
import { fits, fieldOf, listOf, type Json } from "./match.ts";
import type { PatchStep } from "./patch.ts";
import { badValue, ScimError } from "./scim-error.ts";
import { urns } from "./urns.ts";

export type UserDraft = {
  userName: string;
  externalId: string | null;
  /** As it was sent; null: made of the name. */
  displayName: string | null;
  formatted: string | null;
  givenName: string | null;
  familyName: string | null;
  /** Null: the userName is the address. */
  email: string | null;
  language: string | null;
  active: boolean;
  /** Name, id or externalId of a group; undefined: nothing was said of it. */
  primaryGroup: string | null | undefined;
};

export const ourExtension = urns.ours.toLowerCase();
export const userExtensions = [ourExtension, urns.enterprise.toLowerCase()];

const core = urns.user.toLowerCase();
/** Of the RFC's user, and not kept here: taking them in would be data without a purpose (DAT-5). */
const notKept = new Set([
  ...["nickname", "profileurl", "title", "usertype", "timezone", "phonenumbers", "ims", "photos"],
  ...["addresses", "entitlements", "roles", "x509certificates", "password"],
]);
const readOnly = new Set(["id", "meta", "groups", "schemas"]);

/** Throws `invalidValue`. */
export function readUser(body: Json, active: boolean): UserDraft {
  const draft: UserDraft = { ...emptyDraft, active };
  if (typeof body !== "object" || body === null || Array.isArray(body))
    throw new ScimError(400, "invalidSyntax", "A user is a JSON object.");
  const steps = Object.entries(body).map(([name, value]: [string, Json]): PatchStep => {
    const isOurs = name.toLowerCase() === ourExtension;
    const path = { schema: isOurs ? ourExtension : null, name: name.toLowerCase(), sub: null, where: null };
    return isOurs
      ? {
          op: "replace",
          path: { ...path, name: "primarygroup" },
          value: fieldOf(value, "primarygroup"),
          beside: true,
        }
      : { op: "replace", path, value, beside: true };
  });
  for (const step of steps) if (step.value !== undefined && step.value !== null) applyToUser(draft, step);
  if (draft.userName === "") throw badValue("userName is required.");
  return draft;
}

const emptyDraft: UserDraft = {
  ...{
    userName: "",
    externalId: null,
    displayName: null,
    formatted: null,
    givenName: null,
    familyName: null,
  },
  ...{ email: null, language: null, active: true, primaryGroup: undefined },
};

/** As the person stands now: what a PATCH begins with. */
export function draftOf(person: DirectoryPerson): UserDraft {
  const { userName, externalId, givenName, familyName, email, active } = person;
  const isMade = person.displayName === composed({ givenName, familyName });
  return {
    ...{ userName, externalId, givenName, familyName, active, formatted: null },
    displayName: isMade ? null : person.displayName,
    email: email.toLowerCase() === userName.toLowerCase() ? null : email,
    language: person.locale,
    primaryGroup: undefined,
  };
}

/** Throws `invalidValue`, `invalidPath`, `mutability`, `noTarget`. */
export function applyToUser(draft: UserDraft, step: PatchStep): void {
  const { path, beside } = step;
  if (path.schema === ourExtension) return setOurs(draft, step);
  if (path.schema !== null && path.schema !== core) {
    if (userExtensions.includes(path.schema) || beside) return;
    throw new ScimError(400, "invalidPath", "The schema of this path is not known here.");
  }
  const value = step.op === "remove" ? null : step.value;
  switch (path.name) {
    case "username":
      draft.userName = required(value, "userName");
      return;
    case "externalid":
      draft.externalId = optional(value, "externalId");
      return;
    case "displayname":
      draft.displayName = optional(value, "displayName");
      return;
    case "name":
      return setName(draft, path.sub, value);
    case "emails":
      return setEmail(draft, step);
    case "active":
      draft.active = readActive(value);
      return;
    case "preferredlanguage":
    case "locale":
      draft.language = optional(value, path.name) ?? draft.language;
      return;
    default:
      return refuseUnlessKnown(path.name, beside);
  }
}

function refuseUnlessKnown(name: string, beside: boolean): void {
  if (beside || notKept.has(name)) return;
  if (readOnly.has(name)) throw new ScimError(400, "mutability", `${name} is not changed here.`);
  throw new ScimError(400, "invalidPath", "There is no such attribute.");
}

function setOurs(draft: UserDraft, { op, path, value }: PatchStep): void {
  if (path.name !== "primarygroup" && path.name !== "") return;
  draft.primaryGroup = op === "remove" ? null : optional(value, "primaryGroup");
}

function setName(draft: UserDraft, sub: string | null, value: Json): void {
  if (sub === null) {
    if (value !== null && (typeof value !== "object" || Array.isArray(value)))
      throw badValue("name is an object.");
    draft.formatted = optional(fieldOf(value, "formatted"), "name.formatted");
    draft.givenName = optional(fieldOf(value, "givenname"), "name.givenName");
    draft.familyName = optional(fieldOf(value, "familyname"), "name.familyName");
  } else if (sub === "formatted") draft.formatted = optional(value, "name.formatted");
  else if (sub === "givenname") draft.givenName = optional(value, "name.givenName");
  else if (sub === "familyname") draft.familyName = optional(value, "name.familyName");
}

/** One address is kept: the primary one, or the one of work, or the first. */
function setEmail(draft: UserDraft, { op, path, value }: PatchStep): void {
  if (path.where !== null) {
    const kept = { type: "work", primary: true, value: draft.email ?? draft.userName };
    if (!fits(kept, path.where)) {
      if (op === "add") return;
      throw new ScimError(400, "noTarget", "No address fits this path: one of type work is kept.");
    }
    if (path.sub !== null && path.sub !== "value") return;
    draft.email = op === "remove" ? null : addressIn(path.sub === null ? fieldOf(value, "value") : value);
    return;
  }
  if (op === "remove") {
    draft.email = null;
    return;
  }
  const sent = listOf(value);
  const chosen =
    sent.find((one) => String(fieldOf(one, "primary")).toLowerCase() === "true") ??
    sent.find((one) => String(fieldOf(one, "type")).toLowerCase() === "work") ??
    sent[0];
  if (chosen === undefined) draft.email = null;
  else draft.email = addressIn(typeof chosen === "string" ? chosen : fieldOf(chosen, "value"));
}

function addressIn(value: Json): string {
  return required(value, "emails.value");
}

/** Some directories send the word instead of the value. */
function readActive(value: Json): boolean {
  if (typeof value === "boolean") return value;
  const word = typeof value === "string" ? value.toLowerCase() : "";
  if (word !== "true" && word !== "false") throw badValue("active is true or false.");
  return word === "true";
}

const longest = 256;

function required(value: Json, name: string): string {
  const text = optional(value, name);
  if (text === null) throw badValue(`${name} is required.`);
  return text;
}

function optional(value: Json, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== "string" || value.length > longest)
    throw badValue(`${name} is a string of at most ${longest} letters.`);
  return value.trim() === "" ? null : value.trim();
}

/** In the order of the writing: 佐久間 里奈, Rina Sakuma. Null: there is neither. */
function composed({ givenName, familyName }: Pick<UserDraft, "givenName" | "familyName">): string | null {
  if (givenName === null || familyName === null) return givenName ?? familyName;
  const isEastern = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(familyName);
  return isEastern ? `${familyName} ${givenName}` : `${givenName} ${familyName}`;
}

/** Throws `invalidValue` where there is no address. */
export function personOf(draft: UserDraft): PersonOfDirectory {
  const { userName, externalId, givenName, familyName, active } = draft;
  const email = draft.email ?? userName;
  const name = draft.displayName ?? draft.formatted ?? composed(draft);
  return {
    ...{ userName, externalId, givenName, familyName, email, active },
    displayName: name ?? userName.split("@")[0] ?? userName,
    locale: localeOf(draft.language),
  };
}

/** `ja-JP`, `en-US`; null: another one, or none. */
function localeOf(language: string | null): "ja" | "en" | null {
  if (language === null) return null;
  if (/^ja\b/iu.test(language)) return "ja";
  return /^en\b/iu.test(language) ? "en" : null;
}
