/**
 * Where webhooks come from: the logs, read behind a cursor that moves in the transaction that queues what was read.
 * So each thing is told once, whichever process did it and whichever reads it, and nothing is lost with a process.
 */
import { emptyBarriers, id, type BarrierModel, type RecordedEvent } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { applyVersions, barrierHappenings, type Operator } from "./barrier-happenings.ts";
import {
  instanceHappenings,
  nothingSeen,
  type InstanceSeen,
  type MeetingFacts,
} from "./instance-happenings.ts";
import { meetingHappening } from "./meeting-happenings.ts";
import type { ServiceMeeting } from "./ports.ts";
import type { Happening } from "./webhook-store.ts";

export type SourceDeps = {
  readonly db: Db;
  /** A meeting whatever has become of it; null where the host is gone. */
  describe(meetingId: string): Promise<ServiceMeeting | null>;
  /** The log of one instance after a record, with its personal parts. */
  instanceLog(instanceId: string, after: number): Promise<readonly RecordedEvent[]>;
};

export type Read = { readonly position: number; readonly happenings: readonly Happening[] };

export type Sources = {
  /** Those with something new. */
  waiting(): Promise<readonly string[]>;
  read(trx: Trx, source: string, after: number): Promise<Read>;
};

/** Of one turn: what is more than this comes in the next. */
const most = 200;

export function createSources(deps: SourceDeps): Sources {
  const instances = new Map<string, { readonly position: number; readonly seen: InstanceSeen }>();
  let barriers: BarrierModel = emptyBarriers;

  async function readOrganisation(trx: Trx, after: number): Promise<Read> {
    const rows = await trx
      .selectFrom("organisation_event")
      .select(["seq", "at", "type", "data"])
      .where("seq", ">", String(after))
      .orderBy("seq")
      .limit(most)
      .execute();
    const happenings: Happening[] = [];
    for (const row of rows) {
      const about = /^meeting\.(?:scheduled|changed|cancelled)$/u.test(row.type) ? fieldsOf(row.data) : null;
      const meeting = about === null ? null : await deps.describe(about.meetingId);
      if (about === null || meeting === null) continue;
      const operator = await operatorOf(trx, about.actor);
      const accountId = await accountIdOf(trx);
      const made = meetingHappening(row.type, { meeting, operator, accountId });
      if (made !== null) happenings.push({ ...made, at: Number(row.at) });
    }
    return { position: Number(rows.at(-1)?.seq ?? after), happenings };
  }

  async function readBarriers(trx: Trx, after: number): Promise<Read> {
    if (barriers.version > after) barriers = emptyBarriers;
    if (barriers.version < after) barriers = await applyVersions(trx, barriers, after);
    const rows = await trx
      .selectFrom("barrier_version")
      .select(["version", "at", "changes", "actor"])
      .where("version", ">", after)
      .orderBy("version")
      .limit(20)
      .execute();
    const happenings: Happening[] = [];
    const accountId = await accountIdOf(trx);
    for (const row of rows) {
      const people = row.changes.flatMap((change) =>
        change.type === "person.put" || change.type === "person.remove" ? change.accountId : [],
      );
      const emails = await emailsOf(trx, people);
      const step = barrierHappenings(
        barriers,
        { version: row.version, at: row.at.getTime(), changes: row.changes },
        {
          accountId,
          operator: await operatorOf(trx, row.actor),
          emailOf: (one) => emails.get(one) ?? "",
        },
      );
      barriers = step.after;
      happenings.push(...step.happenings);
    }
    return { position: rows.at(-1)?.version ?? after, happenings };
  }

  async function readInstance(trx: Trx, instanceId: string, after: number): Promise<Read> {
    const known = instances.get(instanceId);
    const from = known?.position === after ? known : { position: 0, seen: nothingSeen };
    const events = await deps.instanceLog(instanceId, from.position);
    const old = events.filter((one) => one.seq <= after);
    const fresh = events.filter((one) => one.seq > after);
    const facts = await factsOf(trx, deps, instanceId);
    if (facts === null) return { position: events.at(-1)?.seq ?? after, happenings: [] };
    const emails = await emailsOf(trx, accountsIn(events));
    const emailOf = (accountId: string) => emails.get(accountId) ?? "";
    const before = instanceHappenings(from.seen, old, facts, emailOf).seen;
    const { seen, happenings } = instanceHappenings(before, fresh, facts, emailOf);
    const position = events.at(-1)?.seq ?? after;
    if (seen.state?.phase === "ended") instances.delete(instanceId);
    else instances.set(instanceId, { position, seen });
    return { position, happenings };
  }

  return {
    async waiting() {
      const { rows } = await sql<{ source: string }>`
        select 'organisation' as source from chain_head h
          left join webhook_cursor c on c.source = 'organisation'
         where h.chain = 'organisation' and h.seq > coalesce(c.position, 0)
        union all select 'barriers' from barrier_head h
          left join webhook_cursor c on c.source = 'barriers' where h.version > coalesce(c.position, 0)
        union all select i.id from meeting_instance i
          left join webhook_cursor c on c.source = i.id where i.seq > coalesce(c.position, 0)
        limit 100`.execute(deps.db);
      return rows.map((row) => row.source);
    },
    read(trx, source, after) {
      if (source === "organisation") return readOrganisation(trx, after);
      return source === "barriers" ? readBarriers(trx, after) : readInstance(trx, source, after);
    },
  };
}

async function factsOf(trx: Trx, deps: SourceDeps, instanceId: string): Promise<MeetingFacts | null> {
  const row = await trx
    .selectFrom("meeting_instance")
    .select("meeting_id")
    .where("id", "=", instanceId)
    .executeTakeFirst();
  const meeting = row === undefined ? null : await deps.describe(row.meeting_id);
  if (meeting === null) return null;
  return {
    accountId: await accountIdOf(trx),
    uuid: instanceId,
    number: meeting.number,
    hostId: meeting.host.id,
    topic: meeting.input.topic,
    type: meeting.input.recurrence === null ? 2 : 8,
    timezone: meeting.input.timeZone,
    duration: meeting.input.durationMinutes,
  };
}

function accountsIn(events: readonly RecordedEvent[]): readonly string[] {
  return events.flatMap(({ event }) =>
    event.type === "admission.requested" && event.principal.kind === "account"
      ? event.principal.accountId
      : [],
  );
}

async function accountIdOf(trx: Trx): Promise<string> {
  const row = await trx.selectFrom("organisation").select("account_id").executeTakeFirst();
  return row?.account_id ?? "";
}

async function emailsOf(trx: Trx, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom("account")
    .select(["id", "email"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [id.account(row.id), row.email]));
}

/** A person by address, a client by name. */
async function operatorOf(trx: Trx, actor: LogActor | null): Promise<Operator> {
  if (actor === null || !("id" in actor)) return { operator: "", operator_id: "" };
  const name =
    actor.kind === "account"
      ? (await emailsOf(trx, [actor.id])).get(actor.id)
      : (
          await trx
            .selectFrom("service_credential")
            .select("name")
            .where("id", "=", actor.id)
            .executeTakeFirst()
        )?.name;
  return { operator: name ?? "", operator_id: actor.id };
}

function fieldsOf(data: string): { readonly meetingId: string; readonly actor: LogActor | null } | null {
  const value: unknown = JSON.parse(data);
  if (typeof value !== "object" || value === null) return null;
  const meetingId: unknown = Reflect.get(value, "meetingId");
  const actor: unknown = Reflect.get(value, "actor");
  const actorId: unknown = typeof actor === "object" && actor !== null ? Reflect.get(actor, "id") : null;
  const kind: unknown = typeof actor === "object" && actor !== null ? Reflect.get(actor, "kind") : null;
  if (typeof meetingId !== "string") return null;
  const known = (kind === "account" || kind === "service") && typeof actorId === "string";
  return { meetingId, actor: known ? { kind, id: actorId } : null };
}
