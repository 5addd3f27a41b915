import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import type { MeetingInput } from "@sekisho/contract";
import { initialRules, type BarrierFlag } from "@sekisho/domain";
import { by, insertPerson, write } from "../../../../../packages/testkit/src/barriers-world.ts";
import type { Answer, TestBrowserClient } from "../../../../../packages/testkit/src/feature-app.ts";
import { startPostgres, type TestPostgres } from "../../../../../packages/testkit/src/postgres.ts";
import {
  lowInput,
  meetingInput,
  schedulingWorld,
  text,
  value,
  type SchedulingWorld,
} from "../../../../../packages/testkit/src/scheduling-world.ts";
import { instanceSettingsOf } from "./instance-settings.ts";
import { meetingById, organisationRow, peopleOf } from "./meeting-rows.ts";

let postgres: TestPostgres;
let world: SchedulingWorld;
let host: TestBrowserClient;
let hostId: string;
let colleague: TestBrowserClient;
let colleagueId: string;
let strangerId: string;

beforeAll(async () => {
  postgres = await startPostgres();
});
afterAll(() => postgres.stop());
beforeEach(async () => {
  world = await schedulingWorld(postgres);
  ({ host, colleague, colleagueId } = world);
  hostId = text(await host.send("GET", "/api/me"), "id");
  strangerId = text(await world.stranger.send("GET", "/api/me"), "id");
});
afterEach(() => world[Symbol.asyncDispose]());

/** The host in group a, the colleague in b, the third person in c. */
async function walls(flags: Readonly<Record<string, readonly BarrierFlag[]>>): Promise<void> {
  const policies = Object.entries(flags).map(([pair, list]) => {
    const [a = "", b = ""] = pair;
    return write.policy(a, b, list);
  });
  await world.barriers.writer.write(
    [
      ...["a", "b", "c"].map((name) => write.group(name)),
      ...policies,
      ...[write.person(hostId, "a"), write.person(colleagueId, "b"), write.person(strangerId, "c")],
      write.on,
    ],
    by(hostId),
  );
}

async function ids(answer: Promise<Answer>, name: string): Promise<readonly unknown[]> {
  return fieldsOf(value(await answer, name), "id");
}

function fieldsOf(rows: unknown, name: string): readonly unknown[] {
  const list: readonly unknown[] = Array.isArray(rows) ? rows : [];
  return list.map((row): unknown => Reflect.get(Object(row), name));
}

const asInvitee = (email: string) => ({ name: "来る人", organisation: "", email });

test("[BAR-14] a blocked colleague is found no more than somebody who does not exist", async () => {
  await walls({ ab: ["meeting"] });
  const search = (q: string) => host.send("GET", `/api/people?q=${encodeURIComponent(q)}`);
  expect((await search("桐生")).text).toBe((await search("存在しない")).text);
  expect((await search("maho@example.jp")).text).toBe((await search("nobody@nowhere.jp")).text);
  expect(await ids(search(""), "people")).toEqual([hostId, strangerId]);
  // Both ways, and a soft block hides nobody.
  expect(await ids(colleague.send("GET", "/api/people?q="), "people")).toEqual([strangerId, colleagueId]);
  await walls({ ab: ["screen_share", "im"] });
  expect(await ids(search("桐生"), "people")).toEqual([colleagueId]);
});

test("[BAR-14] hidden people make no list shorter: those behind them move up", async () => {
  await walls({ ab: ["meeting"], ac: ["meeting"] });
  const free: string[] = [];
  for (let n = 0; n < 55; n += 1) {
    const person = await insertPerson(world.base, { name: `田中 ${n}` });
    free.push(person);
  }
  const hidden: string[] = [];
  for (let n = 0; n < 5; n += 1) hidden.push(await insertPerson(world.base, { name: `田上 ${n}` }));
  await world.barriers.writer.write(
    [...free.map((one) => write.person(one, "a")), ...hidden.map((one) => write.person(one, "b"))],
    by(hostId),
  );
  const found = await ids(host.send("GET", `/api/people?q=${encodeURIComponent("田")}`), "people");
  expect(found.length).toBe(50);
  expect(found.filter((one) => hidden.includes(String(one)))).toEqual([]);
});

test("[BAR-14] co-host and verifier who are blocked with the host are unknown accounts; an invitee is somebody from outside", async () => {
  await walls({ ab: ["meeting"] });
  const nobody = "00000000-0000-4000-8000-000000000000";
  const attempt = (wish: Partial<MeetingInput>) => world.create(lowInput(wish));
  for (const make of [
    (who: string) => ({ coHosts: [who] }),
    (who: string) => ({ verifier: who }),
    (who: string) => ({ coHosts: [strangerId, who] }),
  ]) {
    const blocked = await attempt(make(colleagueId));
    const unknown = await attempt(make(nobody));
    expect(blocked.status).toBe(422);
    expect(blocked.text.replaceAll(colleagueId, nobody)).toBe(unknown.text);
  }
  const made = await attempt({ invitees: [asInvitee("maho@example.jp")] });
  const plain = await attempt({ invitees: [asInvitee("oba@example.com")] });
  expect([made.status, plain.status]).toEqual([200, 200]);
  expect(value(made, "meeting", "people")).toEqual(value(plain, "meeting", "people"));
  expect(await ids(colleague.send("GET", "/api/meetings"), "meetings")).toEqual([]);
});

test("[BAR-14] two who may not meet cannot be invited together, and nobody is named", async () => {
  await walls({ bc: ["meeting"] });
  const together = { invitees: [asInvitee("maho@example.jp"), asInvitee("nobody@example.jp")] };
  const refused = await world.create(lowInput(together));
  expect([refused.status, refused.body]).toEqual([422, { code: "cannot_be_invited_together" }]);
  const mixed = await world.create(lowInput({ verifier: strangerId, coHosts: [colleagueId] }));
  expect(text(mixed, "code")).toBe("cannot_be_invited_together");
  const alone = await world.create(lowInput({ invitees: [asInvitee("maho@example.jp")] }));
  expect(alone.status).toBe(200);
  const path = `/api/meetings/${text(alone, "meeting", "id")}`;
  const changed = await host.send("PUT", path, { meeting: meetingInput(lowInput(together)), version: 1 });
  expect(text(changed, "code")).toBe("cannot_be_invited_together");
});

test("[BAR-14] a wall that comes later takes a meeting out of the blocked person's sight, and the person out of the host's", async () => {
  const made = await world.create(
    lowInput({ coHosts: [colleagueId], invitees: [asInvitee("nobody@example.jp")] }),
  );
  const path = `/api/meetings/${text(made, "meeting", "id")}`;
  expect((await colleague.send("GET", path)).status).toBe(200);
  await walls({ ab: ["meeting"] });
  const unknown = await colleague.send("GET", "/api/meetings/00000000-0000-4000-8000-000000000000");
  const gone = await colleague.send("GET", path);
  expect([gone.status, gone.text]).toEqual([404, unknown.text]);
  expect(await ids(colleague.send("GET", "/api/meetings"), "meetings")).toEqual([]);
  const calendar = await colleague.send("GET", `${path}/calendar.ics`);
  expect(calendar.status).toBe(404);
  const seen = await host.send("GET", path);
  expect(value(seen, "coHosts")).toEqual([]);
  expect(value(seen, "settings", "coHosts")).toEqual([]);
  expect((await world.stranger.send("GET", path)).status).toBe(200);
  const saved = await host.send("PUT", path, { meeting: value(seen, "settings"), version: 1 });
  expect(saved.status).toBe(200);
});

test("[BAR-8] with barriers on a meeting is private, for people who are signed in, and not before its host", async () => {
  const wish = lowInput({ visibility: "public", joinBeforeHost: true, whoMayJoin: "anyoneWithLink" });
  const made = await world.create(wish);
  const id = text(made, "meeting", "id");
  const settingsNow = async () => {
    const { db } = world.base.handle;
    const row = await meetingById(db, id);
    if (row === undefined) throw new Error("no meeting");
    return instanceSettingsOf(row, await organisationRow(db), await peopleOf(db, [row])).settings;
  };
  const before = await settingsNow();
  expect(before.policy.values).toMatchObject({ visibility: "public", joinBeforeHost: true });
  await walls({});
  const after = await settingsNow();
  expect(after.policy.values).toMatchObject({
    ...{ visibility: "private", joinBeforeHost: false, whoMayJoin: "signedIn" },
  });
  expect(after.policy.reasons.whoMayJoin).toEqual(["barrier"]);
  // Instances in progress see by the version that theirs are old.
  expect(after.version).not.toBe(before.version);
  const preview = await host.send("POST", "/api/meetings/preview", meetingInput(wish));
  const effective = value(preview, "effective");
  const fixedBy = fieldsOf(effective, "fixedBy").map((one) => JSON.stringify(one));
  const fixed = fieldsOf(effective, "field").filter((_, index) => fixedBy[index]?.includes("barrier"));
  expect(fixed).toEqual(["whoMayJoin", "visibility", "joinBeforeHost"]);
  expect((await world.create(wish)).status).toBe(200);
  const unlocked = { ...initialRules, on: true, joinBeforeHost: "unlocked" as const };
  await world.barriers.writer.write([{ type: "rules.put", rules: unlocked }], by(hostId));
  expect((await settingsNow()).policy.values.joinBeforeHost).toBe(true);
});
