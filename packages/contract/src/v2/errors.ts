/**
 * Errors of `/v2`: a status, and a body `{ code, message }` with a number that existing clients know. Numbers from 93000
 * on are our own, for what Zoom has no number for.
 */
export const v2Errors = {
  /** No token, or one that is unknown, expired, or of a revoked client. */
  invalid_token: { status: 401, code: 124, message: "Invalid access token." },
  /** `{0}`: the scopes, any of which would do. */
  missing_scope: {
    status: 400,
    code: 4711,
    message: "Invalid access token, does not contain scopes:[{0}].",
  },
  no_permission: { status: 400, code: 200, message: "No permission. {0}" },
  validation: { status: 400, code: 300, message: "Validation Failed. {0}" },
  not_json: { status: 400, code: 300, message: "Request Body should be a valid JSON object." },
  page_token: { status: 400, code: 300, message: "The next page token is invalid or expired." },
  too_large: { status: 413, code: 300, message: "The request is too large." },
  media_type: { status: 415, code: 300, message: "Unsupported Content Type" },
  no_such_path: { status: 404, code: 2300, message: "This API endpoint is not recognized." },
  user_not_found: { status: 404, code: 1001, message: "User does not exist: {0}." },
  user_exists: { status: 409, code: 1005, message: "User already in the account: {0}" },
  meeting_not_found: { status: 404, code: 3001, message: "Meeting does not exist: {0}." },
  meeting_access: { status: 400, code: 3000, message: "Cannot access meeting information. {0}" },
  group_not_found: { status: 404, code: 4130, message: 'A group with the name "{0}" does not exist.' },
  group_name_taken: { status: 409, code: 4132, message: 'The group name "{0}" is already in use.' },
  member_not_found: { status: 404, code: 4131, message: "The user {0} is not a member of the group." },
  policy_not_found: { status: 404, code: 300, message: "The policy {0} does not exist." },
  policy_exists: {
    status: 409,
    code: 93_001,
    message: "barrier_already_exists: there is a policy for these two groups: {0}.",
  },
  group_in_use: {
    status: 409,
    code: 93_002,
    message: "group_in_use: a policy names this group. Disable or delete the policy first.",
  },
  version_changed: {
    status: 412,
    code: 93_003,
    message: "barriers_changed: the version is not the one of If-Match. Read it again.",
  },
  key_reused: {
    status: 422,
    code: 93_004,
    message: "This Idempotency-Key was used with another request.",
  },
  key_in_use: { status: 409, code: 93_005, message: "The request with this Idempotency-Key is under way." },
  manual_edits_off: { status: 409, code: 93_006, message: "Groups cannot be changed here. {0}" },
  too_many: {
    status: 429,
    code: 429,
    message: "You have reached the maximum per-second rate limit for this API. Try again later.",
  },
  busy: { status: 503, code: 503, message: "The service is busy. Try again later." },
  internal: { status: 500, code: 500, message: "Internal error." },
} as const satisfies Record<string, { status: number; code: number; message: string }>;

export type V2ErrorName = keyof typeof v2Errors;

export type V2ErrorBody = {
  readonly code: number;
  readonly message: string;
  readonly errors?: readonly { readonly field: string; readonly message: string }[];
};
