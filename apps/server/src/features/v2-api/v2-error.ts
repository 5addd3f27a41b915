/** A refusal at `/v2`: one of the contract's errors, with what it speaks of. Nothing else of what happened inside. */
import { v2Errors, type ErrorCode, type V2ErrorBody, type V2ErrorName } from "@sekisho/contract";
import type { HttpError } from "../../platform/http/http-error.ts";

type FieldProblem = { readonly field: string; readonly message: string };

export class V2Error extends Error {
  readonly problem: V2ErrorName;
  readonly body: V2ErrorBody;
  readonly retryAfterSeconds: number | null;

  /** `subject`: an id or a sentence of ours, put where the message has `{0}`. */
  constructor(
    problem: V2ErrorName,
    subject = "",
    extra: { readonly fields?: readonly FieldProblem[]; readonly retryAfterSeconds?: number } = {},
  ) {
    super(problem);
    this.problem = problem;
    const { code, message } = v2Errors[problem];
    this.body = {
      code,
      message: message.replace("{0}", () => subject.slice(0, 300)).trim(),
      ...(extra.fields === undefined ? {} : { errors: extra.fields }),
    };
    this.retryAfterSeconds = extra.retryAfterSeconds ?? null;
  }

  get status(): number {
    return v2Errors[this.problem].status;
  }
}

const plain: Partial<Record<ErrorCode, V2ErrorName>> = {
  bad_request: "validation",
  body_too_large: "too_large",
  unsupported_media_type: "media_type",
  not_found: "no_such_path",
  too_many_tries: "too_many",
  busy: "busy",
  not_allowed: "no_permission",
  last_owner: "no_permission",
  own_account: "no_permission",
  email_taken: "user_exists",
  barriers_changed: "version_changed",
  manual_edits_off: "manual_edits_off",
  internal: "internal",
};

const barrierProblems: readonly (readonly [string, V2ErrorName])[] = [
  ["policy_exists", "policy_exists"],
  ["group_in_use", "group_in_use"],
  ["name_taken", "group_name_taken"],
  ["group_unknown", "group_not_found"],
  ["person_unknown", "user_not_found"],
];

/** What the product's own codes are in the words of this surface. */
export function v2ErrorOf(error: HttpError): V2Error {
  const { details = [], fields = [], retryAfterSeconds } = error.extra;
  const about = [...details, ...fields].join(", ");
  const wait = retryAfterSeconds === undefined ? {} : { retryAfterSeconds };
  if (error.code === "barrier_edit_invalid") {
    const known = barrierProblems.find(([detail]) => details.includes(detail));
    return new V2Error(known?.[1] ?? "validation", about);
  }
  const name = plain[error.code];
  if (name !== undefined) return new V2Error(name, about, wait);
  if (error.status >= 500) return new V2Error("internal");
  if (details.includes("risk_not_accepted"))
    return new V2Error("validation", "", {
      fields: [
        {
          field: "settings.transport_risk_accepted",
          message:
            "At medium the server could decrypt what is said and shown. Send true once whoever answers for the meeting accepts that; it is recorded.",
        },
      ],
    });
  return new V2Error("validation", about === "" ? error.code : `${error.code}: ${about}`, {
    fields: fields.map((field) => ({ field, message: error.code })),
  });
}
