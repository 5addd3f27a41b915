/** The live feature on a real PostgreSQL with the fake media server, for tests: one meeting, any number of processes. */
import {
  standardClasses,
  effectivePolicy,
  id,
  initialRules,
  noBarriers,
  safeDefaults,
  type MeetingSettings,
} from "@sekisho/domain";
import type { TestDatabase } from "../../../../../../packages/testkit/src/postgres.ts";
import { randomBytes } from "node:crypto";
import { openDatabase, type DatabaseHandle } from "../../../platform/db/database.ts";
import { createKeys } from "../../../platform/keys/keys.ts";
import { newId, newUuid } from "../../../platform/random.ts";
import { createInstances } from "../instances.ts";
import type { MeetingDescription, MeetingDirectory } from "../ports.ts";
import { createRunner, type Committed, type Runner } from "../runner.ts";

export const limits = {
  capacity: 300,
  waitingCapacity: 20_000,
  dropGraceMs: 120_000,
  hostsAwayMs: 300_000,
  emptyAfterEndMs: 3_600_000,
};
const master = randomBytes(32);

export type Rig = AsyncDisposable & {
  readonly database: DatabaseHandle;
  readonly meeting: MeetingDescription;
  readonly instanceId: string;
  readonly hostId: string;
  /** A runner of its own, as another server process has it. */
  process(onCommitted?: (committed: Committed) => void): Runner;
};

export const rules = { locks: {}, classes: standardClasses, home: "JP", barriers: initialRules };

export function settingsOf(change: Partial<MeetingSettings> = {}): MeetingSettings {
  return {
    ...safeDefaults,
    topic: "t",
    description: "",
    confidentiality: "low",
    allowedDomains: [],
    invitees: [],
    coHosts: [],
    verifier: null,
    ...change,
  };
}

export async function startRig(test: TestDatabase, change: Partial<MeetingSettings> = {}): Promise<Rig> {
  const database = openDatabase(test.connectionString, () => undefined, 16);
  const hostId = newUuid();
  const meetingId = newUuid();
  const settings = settingsOf(change);
  await database.pool.query(
    "insert into organisation (name, rules) values ('o', $1) on conflict do nothing",
    [JSON.stringify(rules)],
  );
  await database.pool.query(
    `insert into account (id, email, display_name, password_hash, role, locale, personal_number, personal_link)
     values ($1, $2, 'Host', '', 'owner', 'en', $3, $4)`,
    [hostId, `${hostId}@example.org`, hostId.slice(0, 10), hostId],
  );
  await database.pool.query(
    `insert into meeting (id, host_id, settings, start_local, time_zone, duration_minutes, first_start, link, preset_version)
     values ($1, $2, $3, '2026-11-24T16:00', 'Asia/Tokyo', 60, now(), $4, 1)`,
    [meetingId, hostId, JSON.stringify(settings), newId()],
  );
  const meeting = describe(meetingId, hostId, settings);
  const instances = createInstances(database.pool, createKeys(master), "rig");
  const row = await instances.open(meeting, Date.now());
  const directory: MeetingDirectory = {
    find: async () => ({ meeting, by: "link" }),
    describe: async () => meeting,
    organisationName: async () => "o",
  };
  return {
    database,
    meeting,
    instanceId: row?.instanceId ?? "",
    hostId,
    process: (onCommitted = () => undefined) =>
      createRunner({
        pool: database.pool,
        keys: createKeys(master),
        directory,
        barriers: { current: () => noBarriers, at: async () => noBarriers },
        limits,
        clock: { now: () => Date.now() },
        processId: newId(),
        onCommitted: (_instance, committed) => onCommitted(committed),
      }),
    [Symbol.asyncDispose]: () => database.close(),
  };
}

function describe(meetingId: string, hostId: string, settings: MeetingSettings): MeetingDescription {
  return {
    meetingId: id.meeting(meetingId),
    cancelled: false,
    riskOpen: false,
    topic: settings.topic,
    visibility: settings.visibility,
    timeZone: "Asia/Tokyo",
    hostVideo: false,
    participantVideo: false,
    settings: {
      version: "1:1",
      confidentiality: settings.confidentiality,
      policy: effectivePolicy(settings, rules),
      appointments: { host: id.account(hostId), coHosts: [], verifier: null, invitedAccounts: [] },
    },
    names: { hosts: ["Host"], invited: [] },
    allowedDomains: [],
    verifierName: null,
    invitedEmails: [],
    invitees: [],
    occurrenceAt: () => ({ key: "once", startsAt: Date.now(), endsAt: Date.now() + 3_600_000 }),
    passcodeMatches: (typed) => typed === "right",
  };
}
