/** Each command of the meeting: parse is done, the guard found who asks; the domain decides behind the lock. */
import { routes, type ErrorCode } from "@sekisho/contract";
import { id, type Command, type Decision, type RejectionCode, type RowOutcome } from "@sekisho/domain";
import type { Pool } from "pg";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { breakoutRoutes } from "./breakout-routes.ts";
import { callRoutes } from "./call-routes.ts";
import type { LiveFound } from "./guard.ts";
import { keyRoutes } from "./key-routes.ts";
import type { KeyStore } from "./key-store.ts";
import { isRowOutcome } from "./results.ts";
import type { Runner } from "./runner.ts";

const rejectionErrors: { readonly [C in RejectionCode]: ErrorCode } = {
  not_in_meeting: "not_in_meeting",
  not_allowed: "not_allowed",
  no_such_person: "no_such_person",
  already_decided: "already_decided",
  request_changed: "request_changed",
  meeting_locked: "meeting_locked",
  host_not_present: "host_not_present",
  verifier_only: "verifier_only",
  method_required: "method_required",
  reason_required: "reason_required",
  admit_all_forbidden: "admit_all_forbidden",
  fixed_by_policy: "fixed_by_policy",
  name_not_accepted: "name_not_accepted",
  name_against_rule: "name_against_rule",
  host_cannot_be_removed: "host_cannot_be_removed",
  capacity: "capacity",
  not_admissible: "not_admissible",
  nothing_to_do: "nothing_to_do",
  meeting_not_live: "meeting_not_live",
  breakouts_open: "breakouts_open",
  breakouts_closed: "breakouts_closed",
  breakouts_closing: "breakouts_closing",
  no_such_breakout: "no_such_breakout",
  call_under_way: "call_under_way",
  call_over: "call_over",
  call_needed: "call_needed",
  keys_taken: "keys_taken",
  keys_not_ready: "keys_not_ready",
};

type Rows = { done: RowOutcome["done"][number][]; skipped: RowOutcome["skipped"][number][] };

/** Runs a command for whoever the guard found; a refusal becomes its error code. */
export type Say = {
  ok(found: LiveFound, command: Command): Promise<{ ok: true }>;
  rows(found: LiveFound, command: Command): Promise<Rows>;
};

const { live, entry } = routes;
const who = (params: { admissionId: string }) => id.admission(params.admissionId);
const seen = (rows: readonly { admissionId: string; revision: number }[]) =>
  rows.map((row) => ({ admissionId: id.admission(row.admissionId), revision: row.revision }));

export function commandRoutes(runner: Runner, keyStore: KeyStore, pool: Pool): readonly BoundRoute[] {
  async function decided(found: LiveFound, command: Command): Promise<Decision> {
    const decision = await runner.run(found.instanceId, command, found.principal);
    if (decision.kind === "rejected") throw new HttpError(rejectionErrors[decision.code]);
    return decision;
  }
  const say: Say = {
    async ok(found, command) {
      await decided(found, command);
      return { ok: true };
    },
    async rows(found, command) {
      const decision = await decided(found, command);
      const outcome: RowOutcome =
        decision.kind === "accepted" && isRowOutcome(decision.result)
          ? decision.result
          : { done: [], skipped: [] };
      return { done: [...outcome.done], skipped: [...outcome.skipped] };
    },
  };
  return [
    ...doorRoutes(say),
    ...callRoutes(say),
    ...keyRoutes(say, keyStore, pool),
    ...peopleRoutes(say),
    ...controlRoutes(say),
    ...breakoutRoutes(say),
  ];
}

function doorRoutes(say: Say): readonly BoundRoute[] {
  return [
    handle<typeof live.admit, LiveFound>(live.admit, ({ found, body }) =>
      say.rows(found, { type: "admission.admit", ...body, rows: seen(body.rows) }),
    ),
    handle<typeof live.deny, LiveFound>(live.deny, ({ found, body }) =>
      say.rows(found, { type: "admission.deny", rows: seen(body.rows) }),
    ),
    handle<typeof live.sendBack, LiveFound>(live.sendBack, ({ found, params }) =>
      say.ok(found, { type: "admission.sendBack", admissionId: who(params) }),
    ),
    handle<typeof entry.entryWithdraw, LiveFound>(entry.entryWithdraw, ({ found }) =>
      say.ok(found, { type: "admission.withdraw" }),
    ),
  ];
}

function peopleRoutes(say: Say): readonly BoundRoute[] {
  return [
    handle<typeof live.remove, LiveFound>(live.remove, ({ found, params, body }) =>
      say.ok(found, { type: "participant.remove", admissionId: who(params), report: body.report }),
    ),
    handle<typeof live.leave, LiveFound>(live.leave, ({ found, body }) =>
      say.ok(found, {
        type: "participant.leave",
        handTo: body.handTo === null ? null : id.admission(body.handTo),
      }),
    ),
    handle<typeof live.mute, LiveFound>(live.mute, ({ found, body }) =>
      say.ok(found, {
        type: "participant.mute",
        admissionIds: body.people === "others" ? "others" : body.people.map(id.admission),
        source: body.source,
      }),
    ),
    handle<typeof live.askToUnmute, LiveFound>(live.askToUnmute, ({ found, params }) =>
      say.ok(found, { type: "participant.askToUnmute", admissionId: who(params) }),
    ),
    handle<typeof live.rename, LiveFound>(live.rename, ({ found, params, body }) =>
      say.ok(found, { type: "participant.rename", admissionId: who(params), ...body }),
    ),
    handle<typeof live.appoint, LiveFound>(live.appoint, ({ found, params, body }) =>
      say.ok(found, { type: "participant.appoint", admissionId: who(params), role: body.role }),
    ),
    handle<typeof live.report, LiveFound>(live.report, ({ found, params }) =>
      say.ok(found, { type: "participant.report", admissionId: who(params) }),
    ),
    handle<typeof live.raiseHand, LiveFound>(live.raiseHand, ({ found }) =>
      say.ok(found, { type: "hand.raise" }),
    ),
    handle<typeof live.lowerHand, LiveFound>(live.lowerHand, ({ found, params }) =>
      say.ok(found, { type: "hand.lower", admissionId: who(params) }),
    ),
  ];
}

function controlRoutes(say: Say): readonly BoundRoute[] {
  return [
    handle<typeof live.liftBan, LiveFound>(live.liftBan, ({ found, params }) =>
      say.ok(found, { type: "ban.lift", banId: id.ban(params.banId) }),
    ),
    handle<typeof live.reopenLink, LiveFound>(live.reopenLink, ({ found }) =>
      say.ok(found, { type: "link.reopen" }),
    ),
    handle<typeof live.lock, LiveFound>(live.lock, ({ found, body }) =>
      say.ok(found, { type: "meeting.lock", locked: body.locked }),
    ),
    handle<typeof live.suspend, LiveFound>(live.suspend, ({ found }) =>
      say.ok(found, { type: "meeting.suspend" }),
    ),
    handle<typeof live.resume, LiveFound>(live.resume, ({ found }) =>
      say.ok(found, { type: "meeting.resume" }),
    ),
    handle<typeof live.setWaitingRoom, LiveFound>(live.setWaitingRoom, ({ found, body }) =>
      say.ok(found, { type: "meeting.setWaitingRoom", ...body }),
    ),
    handle<typeof live.setRights, LiveFound>(live.setRights, ({ found, body }) =>
      say.ok(found, { type: "meeting.setRights", rights: body }),
    ),
    handle<typeof live.setHostMessage, LiveFound>(live.setHostMessage, ({ found, body }) =>
      say.ok(found, { type: "meeting.setHostMessage", message: body.message }),
    ),
    handle<typeof live.end, LiveFound>(live.end, ({ found }) => say.ok(found, { type: "meeting.end" })),
  ];
}
