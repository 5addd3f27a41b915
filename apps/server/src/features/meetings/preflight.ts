/** The check before a meeting starts: tried, recorded, told (CNF-6). */
import { routes, type CheckLine, type MeetingCheck } from "@sekisho/contract";
import { effectivePolicy, type PasscodeChannel } from "@sekisho/domain";
import type { FastifyRequest } from "fastify";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { negotiated } from "../../platform/tls/negotiated.ts";
import type { FoundForCaller } from "./meeting-guard.ts";
import { organisationRow, peopleByIds, rulesOf, type MeetingRow } from "./meeting-rows.ts";
import { nowOf, type MeetingsDeps } from "./meetings-deps.ts";
import { checkLines, type Registrants } from "./preflight-lines.ts";

/** What the server can try; each answers with what it found and never rejects. */
export type Preflight = {
  /** Puts a participant of no account out of a room of its own at the media server. */
  removalWorks(): Promise<boolean>;
  /** Null: no mail server is set up. */
  mailReachable(): Promise<boolean | null>;
  readonly region: { readonly label: string; readonly country: string } | null;
  /** Whether the request came by way of a proxy that is believed. */
  behindProxy(request: FastifyRequest): boolean;
  /** Versions of the fact sheet that people from outside have agreed to for this meeting. */
  agreed(meetingId: string): Promise<readonly number[]>;
  /** Of each invitee from outside whom the passcode of now has left for. */
  passcodeWays(meetingId: string): Promise<readonly PasscodeChannel[]>;
  registrants(meetingId: string): Promise<Registrants>;
  /** Accounts that are in the meeting at this moment. */
  present(meetingId: string): Promise<ReadonlySet<string>>;
};

export type PreflightDeps = MeetingsDeps & { readonly limits: RateLimits; readonly preflight: Preflight };

/** Each check opens a room at the media server: enough for a host, useless for loading it. */
const perMeeting = { max: 6, windowSeconds: 60 };

type Run = CallContext<typeof routes.meeting.meetingCheckRun, FoundForCaller>;

export function preflightRoutes(deps: PreflightDeps): readonly BoundRoute[] {
  const { meetingCheckRead, meetingCheckRun } = routes.meeting;
  return [
    handle<typeof meetingCheckRead, FoundForCaller>(meetingCheckRead, async ({ found }) => ({
      last: await lastCheck(deps, found),
    })),
    handle<typeof meetingCheckRun, FoundForCaller>(meetingCheckRun, (context) => run(deps, context)),
  ];
}

async function run(deps: PreflightDeps, { body, found, request }: Run): Promise<MeetingCheck> {
  const { row, me } = found;
  if (row.cancelled_at !== null) throw new HttpError("meeting_cancelled");
  await deps.limits.take(`preflight:${row.id}`, perMeeting);
  const lines = await tested(deps, row, { request, materialsSent: body.materialsSent });
  const at = nowOf(deps);
  await deps.db.transaction().execute(async (trx) => {
    await trx
      .insertInto("meeting_check")
      .values({
        meeting_id: row.id,
        at: new Date(at),
        account_id: me.accountId,
        lines: JSON.stringify(lines),
      })
      .execute();
    await deps.log.append(trx, {
      type: "meeting.checked",
      actor: { kind: "account", id: me.accountId },
      // Who verifies is named by the meeting's settings already; the chain needs no name.
      data: {
        meetingId: row.id,
        lines: lines.map(({ id, state, found: what }) => ({ id, state, found: what })),
      },
    });
  });
  return { at, by: me.displayName, lines: [...lines] };
}

async function tested(
  deps: PreflightDeps,
  { id, settings }: MeetingRow,
  { request, materialsSent }: { readonly request: FastifyRequest; readonly materialsSent: boolean },
): Promise<readonly CheckLine[]> {
  const { preflight, abilities } = deps;
  const [removal, mail, present, agreed, passcodeWays, registrants, organisation] = await Promise.all([
    preflight.removalWorks(),
    preflight.mailReachable(),
    preflight.present(id),
    preflight.agreed(id),
    preflight.passcodeWays(id),
    preflight.registrants(id),
    organisationRow(deps.db),
  ]);
  const rules = rulesOf(organisation);
  const { verifier } = settings;
  const person = verifier === null ? undefined : (await peopleByIds(deps.db, [verifier])).get(verifier);
  const active = person !== undefined && person.disabled_at === null ? person : null;
  return checkLines(settings, effectivePolicy(settings, rules), {
    ...{ removal, mail, materialsSent, agreed, passcodeWays, registrants, home: rules.home },
    e2ee: abilities.e2ee,
    region: preflight.region,
    tls: preflight.behindProxy(request) ? null : negotiated(request),
    https: deps.origin().startsWith("https:"),
    verifier: active && { name: active.display_name, present: present.has(active.id) },
  });
}

/** A name that a barrier keeps from the reader is left out (BAR-14). */
async function lastCheck(deps: PreflightDeps, { row, me }: FoundForCaller): Promise<MeetingCheck | null> {
  const last = await deps.db
    .selectFrom("meeting_check")
    .innerJoin("account", "account.id", "meeting_check.account_id")
    .select(["meeting_check.at", "meeting_check.lines", "account.id", "account.display_name"])
    .where("meeting_check.meeting_id", "=", row.id)
    .orderBy("meeting_check.at", "desc")
    .limit(1)
    .executeTakeFirst();
  if (last === undefined) return null;
  const isApart = await deps.apart();
  return {
    at: last.at.getTime(),
    by: isApart(me.accountId, last.id) ? null : last.display_name,
    lines: [...last.lines],
  };
}
