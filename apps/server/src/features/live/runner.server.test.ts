import { id, type Decision, type Principal } from "@sekisho/domain";
import pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  startPostgres,
  type TestDatabase,
  type TestPostgres,
} from "../../../../../packages/testkit/src/postgres.ts";
import { migrate } from "../../platform/db/database.ts";
import { appRole } from "../../platform/embedded/postgres-roles.ts";
import { newId } from "../../platform/random.ts";
import { isRequestResult } from "./results.ts";
import type { Runner } from "./runner.ts";
import { startRig, type Rig } from "./testing/rig.ts";

let postgres: TestPostgres;
let template: TestDatabase;

beforeAll(async () => {
  postgres = await startPostgres();
  template = await postgres.createDatabase();
  await migrate(template.adminConnectionString, appRole);
});
afterAll(() => postgres.stop());

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

function guest(): Principal {
  const device = newId();
  return { kind: "guest", guestId: id.guest(device), device };
}

function hostOf(rig: Rig): Principal {
  return { kind: "account", accountId: id.account(rig.hostId), device: "host-device" };
}

function ask(runner: Runner, rig: Rig, principal: Principal, displayName = "Guest"): Promise<Decision> {
  const entrance = { principal, displayName, affiliation: "", facts };
  return runner.run(rig.instanceId, { type: "gate.request", entrance }, principal);
}

function admissionIn(decision: Decision): string {
  return decision.kind === "accepted" && isRequestResult(decision.result)
    ? (decision.result.admissionId ?? "")
    : "";
}

test("[ADM-5] requests that arrive together at two processes are all kept, in one unbroken order", async () => {
  await using rig = await startRig(await postgres.createDatabase(template));
  const processes = [rig.process(), rig.process()];
  const decisions = await Promise.all(
    Array.from({ length: 200 }, (_, index) =>
      ask(processes[index % 2] ?? rig.process(), rig, guest(), `Guest ${index}`),
    ),
  );
  expect(new Set(decisions.map(admissionIn)).size).toBe(200);
  const state = await rig.process().read(rig.instanceId);
  expect([...(state?.admissions.values() ?? [])].filter((one) => one.status.kind === "waiting")).toHaveLength(
    200,
  );
  const { rows } = await rig.database.pool.query<{ ok: boolean }>(
    "select count(*) = max(seq) as ok from meeting_event where instance_id = $1",
    [rig.instanceId],
  );
  expect(rows[0]?.ok).toBe(true);
});

test("[ADM-5] the first decision wins, whichever process it came to", async () => {
  await using rig = await startRig(await postgres.createDatabase(template));
  const processes = [rig.process(), rig.process(), rig.process()];
  const [first] = processes;
  if (first === undefined) return;
  await ask(first, rig, hostOf(rig), "Host");
  const admissionId = id.admission(admissionIn(await ask(first, rig, guest())));
  const rows = [{ admissionId, revision: 1 }];
  const decisions = await Promise.all(
    processes.flatMap((one) => [
      one.run(
        rig.instanceId,
        { type: "admission.admit", rows, method: null, standInReason: null },
        hostOf(rig),
      ),
      one.run(rig.instanceId, { type: "admission.deny", rows }, hostOf(rig)),
    ]),
  );
  expect(decisions.filter((one) => one.kind === "accepted")).toHaveLength(1);
  expect(decisions.filter((one) => one.kind === "rejected" && one.code === "already_decided")).toHaveLength(
    5,
  );
});

test("[ADM-7] after the lock is acknowledged nobody is admitted by any process", async () => {
  await using rig = await startRig(await postgres.createDatabase(template));
  const [a, b] = [rig.process(), rig.process()];
  await ask(a, rig, hostOf(rig), "Host");
  const people = await Promise.all(Array.from({ length: 40 }, () => ask(a, rig, guest())));
  let acknowledged = false;
  const lateAdmissions: Decision[] = [];
  const admissions = people.map(async (person, index) => {
    if (index === 20) {
      await b.run(rig.instanceId, { type: "meeting.lock", locked: true }, hostOf(rig));
      acknowledged = true;
    }
    const after = acknowledged;
    const rows = [{ admissionId: id.admission(admissionIn(person)), revision: 1 }];
    const decision = await (index % 2 === 0 ? a : b).run(
      rig.instanceId,
      { type: "admission.admit", rows, method: null, standInReason: null },
      hostOf(rig),
    );
    if (after) lateAdmissions.push(decision);
    return decision;
  });
  await Promise.all(admissions);
  const { rows } = await rig.database.pool.query<{ type: string }>(
    "select type from meeting_event where instance_id = $1 order by seq",
    [rig.instanceId],
  );
  const types = rows.map((row) => row.type);
  const locked = types.indexOf("meeting.locked");
  expect(locked).toBeGreaterThan(0);
  expect(types.slice(locked)).not.toContain("admission.admitted");
  expect(lateAdmissions.every((one) => one.kind === "rejected")).toBe(true);
});

test("[ADM-5] a batch that fails in the database leaves nothing half done, and the next one sees the truth", async () => {
  await using rig = await startRig(await postgres.createDatabase(template));
  const runner = rig.process();
  const person = guest();
  await ask(runner, rig, person);
  const killer = new pg.Client({ connectionString: rig.database.pool.options.connectionString });
  await killer.connect();
  const lost = ask(runner, rig, person, "Changed name").catch(() => "lost");
  await killer.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user",
  );
  await killer.end();
  await lost;
  const again = await ask(runner, rig, person).catch(() => ask(runner, rig, person));
  expect(again.kind).toBe("accepted");
  const state = await runner.read(rig.instanceId);
  expect([...(state?.admissions.values() ?? [])]).toHaveLength(1);
});

test("[AUD-1] the server's own role cannot change or delete the log", async () => {
  await using rig = await startRig(await postgres.createDatabase(template));
  await ask(rig.process(), rig, guest());
  for (const sql of [
    "update meeting_event set type = 'x'",
    "delete from meeting_event",
    "truncate meeting_event",
  ])
    await expect(rig.database.pool.query(sql)).rejects.toThrow(/permission denied|append-only/u);
});
