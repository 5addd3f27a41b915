/** Every code that a client may meet, with its HTTP status. Texts are the page's, from its catalogue. */
export const errorStatus = {
  // the request itself
  bad_request: 400,
  body_too_large: 413,
  unsupported_media_type: 415,
  origin_not_allowed: 403,
  not_found: 404,
  method_not_allowed: 405,
  too_many_tries: 429,
  client_too_old: 426,
  busy: 503,
  internal: 500,
  // sign-in and accounts
  sign_in_required: 401,
  not_signed_in: 401,
  sign_in_failed: 401,
  not_allowed: 403,
  setup_link_invalid: 404,
  invitation_invalid: 404,
  /** Unknown, used, too old, tried too often, or of another browser: one answer. */
  recovery_link_invalid: 404,
  password_too_short: 422,
  password_breached: 422,
  password_too_long: 422,
  current_password_wrong: 422,
  /** The organisation demands a second factor, or the account has one, and this session has not proved it. */
  second_factor_needed: 403,
  second_factor_failed: 422,
  /** Between password and second factor too much time went by, or too many tries. */
  sign_in_again: 401,
  /** A change of what signs one in needs a proof that is not older than ten minutes. */
  confirm_first: 403,
  factor_demanded: 409,
  /** The identity provider, or the way to it, is not in order; its owner is told more. */
  provider_unavailable: 409,
  /** What came back from the provider was not accepted, whatever it was. */
  provider_refused: 401,
  /** The provider knows the person; no account here is tied to them, or not any more. */
  account_not_linked: 403,
  /** Who one is there, or the own account, is tied already. */
  already_tied: 409,
  /** Where everybody signs in by a provider: without the tie there would be no way in. */
  only_way: 409,
  /** Few but owners sign in otherwise than by the organisation's identity provider. */
  provider_needed: 403,
  provider_not_tried: 409,
  /** Members have to sign in by it: first end that, or offer another one. */
  provider_demanded: 409,
  provider_settings_invalid: 422,
  email_taken: 409,
  last_owner: 409,
  own_account: 409,
  // scheduling
  contradiction: 422,
  recurrence_invalid: 422,
  start_in_past: 422,
  unknown_account: 422,
  /** Two of the people named may not meet; nobody is told which (BAR-14). */
  cannot_be_invited_together: 422,
  /** Topic or description hold the passcode, and so would every message with the link (INV-1). */
  passcode_in_text: 422,
  /** The passcode cannot go to this person by this way. */
  channel_not_possible: 409,
  meeting_changed: 409,
  meeting_cancelled: 409,
  /** At medium a host says first that the server may be able to decrypt; on the page that changes the meeting. */
  risk_not_accepted: 409,
  class_cannot_be_lowered_live: 409,
  // pre-registration
  registration_closed: 409,
  registration_full: 409,
  fixed_by_policy: 409,
  settings_changed: 409,
  /** What is asked of a class cannot be kept together with the rest; the fields say where (CNF-2). */
  class_rules_contradict: 422,
  // information barriers, for those who look after them
  barriers_changed: 409,
  impact_changed: 409,
  barrier_edit_invalid: 422,
  manual_edits_off: 409,
  own_request: 403,
  second_person_needed: 409,
  confirm_not_fresh: 409,
  upstream_not_allowed: 422,
  // the gate: what a person may be told (ADM, MTG-4)
  entry_not_accepted: 403,
  passcode_needed: 403,
  code_not_accepted: 422,
  address_proof_needed: 403,
  registration_needed: 403,
  agreement_needed: 403,
  device_declaration_needed: 403,
  name_needed: 422,
  name_not_accepted: 422,
  /** Not as the meeting's rule for names wants it (INV-6). */
  name_against_rule: 422,
  entry_refused: 403,
  // in the meeting
  not_in_meeting: 403,
  meeting_not_live: 409,
  no_such_person: 404,
  already_decided: 409,
  request_changed: 409,
  meeting_locked: 409,
  host_not_present: 409,
  verifier_only: 403,
  method_required: 422,
  reason_required: 422,
  admit_all_forbidden: 422,
  host_cannot_be_removed: 409,
  capacity: 409,
  not_admissible: 409,
  nothing_to_do: 409,
  message_too_long: 413,
  breakouts_open: 409,
  breakouts_closed: 409,
  breakouts_closing: 409,
  no_such_breakout: 404,
  /** One call for one applicant, and one for one verifier (ADM-13). */
  call_under_way: 409,
  call_over: 409,
  /** "By voice" is said by whoever had that voice in a call (ADM-4). */
  call_needed: 422,
  /** Somebody else's commit of this epoch was first, or the group has begun anew (ENC-2). */
  keys_taken: 409,
  /** The person's device has offered no key package yet, or the host's has not begun the keys (ENC-7). */
  keys_not_ready: 409,
  /** Text in clear, or something that needs the server to read, in an end-to-end encrypted meeting (ENC-3, ENC-5). */
  not_with_e2ee: 409,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;
