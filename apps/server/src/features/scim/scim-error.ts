/** A refusal at `/scim/v2` (RFC 7644 §3.12): a status, a `scimType` where the RFC has one, and a sentence of ours. */
import type { ErrorCode } from "@sekisho/contract";
import type { HttpError } from "../../platform/http/http-error.ts";

export type ScimType =
  | "invalidFilter"
  | "tooMany"
  | "uniqueness"
  | "mutability"
  | "invalidSyntax"
  | "invalidPath"
  | "noTarget"
  | "invalidValue"
  | "invalidVers";

export class ScimError extends Error {
  readonly status: number;
  readonly scimType: ScimType | null;
  readonly detail: string;
  readonly retryAfterSeconds: number | null;

  constructor(status: number, scimType: ScimType | null, detail: string, retryAfterSeconds?: number) {
    super(detail);
    this.status = status;
    this.scimType = scimType;
    this.detail = detail;
    this.retryAfterSeconds = retryAfterSeconds ?? null;
  }

  get body() {
    return {
      schemas: ["urn:ietf:params:scim:api:messages:2.0:Error"],
      // A string, as RFC 7644 has it.
      status: String(this.status),
      ...(this.scimType === null ? {} : { scimType: this.scimType }),
      detail: this.detail,
    };
  }
}

export function notThere(): ScimError {
  return new ScimError(404, null, "There is no such resource.");
}

export function badValue(detail: string): ScimError {
  return new ScimError(400, "invalidValue", detail);
}

type Plain = readonly [number, ScimType | null, string];

const plain: Partial<Record<ErrorCode, Plain>> = {
  not_found: [404, null, "There is no such resource."],
  email_taken: [409, "uniqueness", "The userName, the address or the externalId is in use."],
  last_owner: [403, null, "Owners are not made, changed or disabled by a directory."],
  barriers_changed: [412, null, "Somebody else has changed it meanwhile. Read it again."],
  body_too_large: [413, null, "The request is too large."],
  unsupported_media_type: [415, null, "application/scim+json is what is read here."],
  busy: [503, null, "Try again later."],
};

/** What `not_allowed` speaks of, by its detail. */
const refusals: Readonly<Record<string, Plain>> = {
  walls: [403, null, "Only owners disable, or bring back, whoever looks after information barriers."],
  byHand: [403, null, "The account was disabled here by hand, and is enabled here."],
  address: [
    400,
    "mutability",
    "The address is changed only of a member without duties whose account the directory has made.",
  ],
};

const problems: Readonly<Record<string, Plain>> = {
  group_in_use: [409, null, "A policy of the information barriers names this group."],
  name_taken: [409, "uniqueness", "Another group has this displayName."],
  person_unknown: [400, "invalidValue", "A member is not known here."],
  group_unknown: [400, "invalidValue", "The group is not known here."],
};

/** What the product's own codes are in the words of this surface. */
export function scimErrorOf({ code, extra, status }: HttpError): ScimError {
  const { details = [], fields = [], retryAfterSeconds } = extra;
  if (code === "too_many_tries")
    return new ScimError(429, null, "Too many requests.", retryAfterSeconds ?? 60);
  const known =
    details.map((detail) => refusals[detail] ?? problems[detail]).find((one) => one !== undefined) ??
    plain[code];
  if (known !== undefined) return new ScimError(...known);
  if (status >= 500) return new ScimError(500, null, "Internal error.");
  if (status === 403) return new ScimError(403, null, "Not allowed.");
  return badValue([code, ...fields].join(": "));
}
