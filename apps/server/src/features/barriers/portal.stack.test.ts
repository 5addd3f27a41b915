import { afterAll, beforeAll, expect, test } from "vitest";
import type { BarrierEdit, BarrierImpact, BarrierStatus, Me } from "@sekisho/contract";
import { initialRules } from "@sekisho/domain";
import { groupId, policyId } from "../../../../../packages/testkit/src/barriers-world.ts";
import type { Client } from "../../../../../packages/testkit/src/client.ts";
import { colleague, type Colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { admit, follow, schedule, until } from "../../../../../packages/testkit/src/meetings.ts";
import { startProduct, type Product } from "../../../../../packages/testkit/src/product.ts";

let product: Product;
let owner: Client;
let ownerId: string;
let banker: Colleague;
let analyst: Colleague;

beforeAll(async () => {
  product = await startProduct({ page: false });
  owner = await product.setUp();
  ownerId = (await owner.ok<Me>("GET", "/api/me")).id;
  banker = await colleague(product, owner);
  analyst = await colleague(product, owner);
});
afterAll(() => product[Symbol.asyncDispose]());

const group = (name: string): BarrierEdit => ({
  ...{ type: "group.put", groupId: groupId(name), name, domains: [] },
});
const person = (accountId: string, name: string): BarrierEdit => ({
  ...{ type: "person.put", accountId, groups: [groupId(name)], primary: groupId(name) },
});
const wall: BarrierEdit = {
  ...{ type: "policy.put", policyId: policyId("bank", "research"), name: "" },
  ...{ a: groupId("bank"), b: groupId("research"), enabled: true, flags: ["meeting"] },
};

const preview = (edits: readonly BarrierEdit[]) =>
  owner.ok<BarrierImpact>("POST", "/api/barriers/preview", { edits });

async function save(edits: readonly BarrierEdit[], impact: string): Promise<void> {
  const { version } = await owner.ok<BarrierStatus>("GET", "/api/barriers");
  const edit = { edits, reason: "案件の隔離", baseVersion: version, impact };
  await owner.ok("POST", "/api/barriers/versions", edit);
}

/** Asks until it is so, or the test ends. */
async function statusWhere(wanted: (status: BarrierStatus) => boolean): Promise<BarrierStatus> {
  for (;;) {
    const status = await owner.ok<BarrierStatus>("GET", "/api/barriers");
    if (wanted(status)) return status;
  }
}

test("[BAR-11] the whole way: switched on, shown, saved, swept, applied on every process, and hidden from search", async () => {
  await using second = await product.startProcess();
  const groups = [group("bank"), group("research"), group("desk")];
  const people = [person(banker.me.id, "bank"), person(analyst.me.id, "research"), person(ownerId, "desk")];
  const on: BarrierEdit = { type: "rules.put", rules: { ...initialRules, on: true, exceptions: [] } };
  const first = [...groups, ...people, on];
  await save(first, (await preview(first)).digest);

  const meeting = await schedule(owner, { waitingRoom: false });
  const host = await follow(owner, meeting);
  await until(host, "admitted");
  const inside = [];
  for (const one of [banker, analyst]) {
    const who = await follow(one.client, meeting, { name: one.me.displayName });
    await admit(owner, meeting, { id: who.admissionId });
    await until(who, "admitted");
    inside.push(who);
  }
  const impact = await preview([wall]);
  expect(impact).toMatchObject({ live: { meetings: 1, removed: 1, restricted: 0 }, problems: [] });
  await save([wall], impact.digest);
  const [stays, goes] = inside;
  if (stays === undefined || goes === undefined) throw new Error("nobody is inside");
  await goes.stream.untilAny(
    (message) => message.type === "admission" && message.admission.state !== "admitted",
  );
  const status = await statusWhere((one) => one.version === 2 && one.applied);
  expect(status.nodes.filter((node) => node.version === 2).length).toBe(2);
  expect(status.rules.on).toBe(true);

  const found = await banker.client.ok<{ people: { id: string }[] }>("GET", "/api/people?q=");
  expect(found.people.map((one) => one.id)).not.toContain(analyst.me.id);
  const elsewhere = product.client(second.origin);
  await elsewhere.ok("POST", "/api/sign-in", {
    email: analyst.me.email,
    password: analyst.password,
  });
  const other = await elsewhere.ok<{ people: { id: string }[] }>("GET", "/api/people?q=");
  expect(other.people.map((one) => one.id)).not.toContain(banker.me.id);
});

test("[BAR-11] an edit of thousands is one request; beyond the limit it is refused as too large", async () => {
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => ({
      ...{ type: "policy.put", policyId: policyId("bank", `g${index}`), name: "部門".repeat(20) },
      ...{ a: groupId("bank"), b: groupId(`g${index}`), enabled: true, flags: ["meeting"] },
    }));
  const read = await owner.send("POST", "/api/barriers/preview", { edits: many(5000) });
  expect(read.status).toBe(200);
  expect(read.body).toMatchObject({ problems: ["group_unknown"] });
  const over = await owner.send("POST", "/api/barriers/preview", { edits: many(10_001) });
  expect(over.status).toBe(400);
  const huge = JSON.stringify({ csv: "x".repeat(17 * 1024 * 1024) });
  expect((await owner.send("POST", "/api/barriers/import/groups", huge)).status).toBe(413);
});
