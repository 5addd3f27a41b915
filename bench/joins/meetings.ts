/** Live meetings with a connected host in an empty database: what every way of joining starts from. */
import {
  effectivePolicy,
  id,
  initialRules,
  safeDefaults,
  standardClasses,
  type Decision,
  type GateLimits,
  type MeetingSettings,
  type Principal,
  noBarriers,
} from "@sekisho/domain";
import type { Pool } from "pg";
import { createInstances } from "../../apps/server/src/features/live/instances.ts";
import type { MeetingDescription, MeetingDirectory } from "../../apps/server/src/features/live/ports.ts";
import { isRequestResult } from "../../apps/server/src/features/live/results.ts";
import { createRunner, type Runner } from "../../apps/server/src/features/live/runner.ts";
import type { Keys } from "../../apps/server/src/platform/keys/keys.ts";
import { newId, newUuid } from "../../apps/server/src/platform/random.ts";

export type Site = {
  readonly pool: Pool;
  readonly keys: Keys;
  readonly directory: MeetingDirectory;
  readonly hostId: string;
  readonly limits: GateLimits;
};

const rules = { locks: {}, classes: standardClasses, home: "JP", barriers: initialRules };

/** The waiting room is off, so that joining is one decision from start to end. */
const settings: MeetingSettings = {
  ...safeDefaults,
  waitingRoom: false,
  topic: "t",
  description: "",
  confidentiality: "low",
  allowedDomains: [],
  invitees: [],
  coHosts: [],
  verifier: null,
};

export async function openSite(pool: Pool, keys: Keys, capacity: number): Promise<Site> {
  const hostId = newUuid();
  await pool.query("insert into organisation (name, rules) values ('o', $1)", [JSON.stringify(rules)]);
  await pool.query(
    `insert into account (id, email, display_name, password_hash, role, locale, personal_number, personal_link)
     values ($1, $2, 'Host', '', 'owner', 'en', $3, $4)`,
    [hostId, `${hostId}@example.org`, hostId.slice(0, 10), hostId],
  );
  const directory: MeetingDirectory = {
    find: async () => null,
    describe: async (meetingId) => describe(meetingId, hostId),
    organisationName: async () => "o",
  };
  const limits = {
    capacity,
    waitingCapacity: 1_000_000,
    dropGraceMs: 120_000,
    hostsAwayMs: 300_000,
    emptyAfterEndMs: 3_600_000,
  };
  return { pool, keys, directory, hostId, limits };
}

/** Makes meetings and lets the host into each; answers the instances' ids. */
export async function openMeetings(site: Site, count: number): Promise<readonly string[]> {
  const instances = createInstances(site.pool, site.keys, "bench");
  const runner = runnerOf(site);
  const opened: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const meetingId = newUuid();
    await site.pool.query(
      `insert into meeting (id, host_id, settings, start_local, time_zone, duration_minutes, first_start, link, preset_version)
       values ($1, $2, $3, '2026-11-24T16:00', 'Asia/Tokyo', 60, now(), $4, 1)`,
      [meetingId, site.hostId, JSON.stringify(settings), newId()],
    );
    const row = await instances.open(describe(meetingId, site.hostId), Date.now());
    if (row === null) throw new Error("no instance");
    await letHostIn(runner, row.instanceId, hostOf(site));
    opened.push(row.instanceId);
  }
  return opened;
}

export function runnerOf(site: Site): Runner {
  return createRunner({
    ...site,
    barriers: { current: () => noBarriers, at: async () => noBarriers },
    clock: { now: () => Date.now() },
    processId: newId(),
    onCommitted: () => undefined,
  });
}

export function hostOf(site: Site): Principal {
  return { kind: "account", accountId: id.account(site.hostId), device: "host-device" };
}

async function letHostIn(runner: Runner, instanceId: string, host: Principal): Promise<void> {
  const decision = await runner.run(instanceId, requestOf(host, "Host"), host);
  const admissionId = admissionIn(decision);
  if (admissionId === null) throw new Error("the host was not let in");
  const sfuIdentity = runner.peek(instanceId)?.admissions.get(admissionId)?.sfuIdentity ?? "";
  const command = { type: "gate.connected", admissionId, connectionId: newId(), sfuIdentity } as const;
  await runner.run(instanceId, command, null);
}

export function requestOf(principal: Principal, displayName: string) {
  const facts = {
    clientAccepted: true,
    linkKnown: true,
    withinRate: true,
    by: "link",
    passcode: "matched",
    named: false,
    excepted: false,
    secondFactor: false,
    addressProved: false,
    registered: false,
    agreed: false,
    deviceDeclared: false,
    factSheet: null,
  } as const;
  return { type: "gate.request", entrance: { principal, displayName, affiliation: "", facts } } as const;
}

export function admissionIn(decision: Decision) {
  return decision.kind === "accepted" && isRequestResult(decision.result)
    ? decision.result.admissionId
    : null;
}

function describe(meetingId: string, hostId: string): MeetingDescription {
  return {
    meetingId: id.meeting(meetingId),
    cancelled: false,
    riskOpen: false,
    topic: "t",
    visibility: "private",
    timeZone: "Asia/Tokyo",
    hostVideo: false,
    participantVideo: false,
    settings: {
      version: "1:1",
      confidentiality: "low",
      policy: effectivePolicy(settings, rules),
      appointments: { host: id.account(hostId), coHosts: [], verifier: null, invitedAccounts: [] },
    },
    names: { hosts: ["Host"], invited: [] },
    allowedDomains: [],
    verifierName: null,
    invitedEmails: [],
    invitees: [],
    occurrenceAt: () => ({ key: "once", startsAt: Date.now(), endsAt: Date.now() + 3_600_000 }),
    passcodeMatches: () => true,
  };
}
