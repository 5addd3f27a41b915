/** Somebody without an account joins by an exception while barriers are on: the whole product, two processes (BAR-7, BAR-8). */
import { emptyBarriers, id, type AuthenticationException, type BarrierChange } from "@sekisho/domain";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { group, layDown, policy } from "../../../../../packages/testkit/src/barrier-versions.ts";
import {
  startProduct,
  type Client,
  type Product,
  type ProductProcess,
} from "../../../../../packages/testkit/src/index.ts";
import {
  admit,
  ask,
  follow,
  schedule,
  until,
  type TestMeeting,
} from "../../../../../packages/testkit/src/meetings.ts";
import { startSmtp, textOfMail, type TestSmtp } from "../../../../../packages/testkit/src/smtp-server.ts";
import { createLog } from "../../platform/log.ts";

let smtp: TestSmtp;
let product: Product;
let second: ProductProcess;
let host: Client;
let hostId: string;

beforeAll(async () => {
  smtp = await startSmtp();
  product = await startProduct({
    page: false,
    config: {
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", logLevel: "debug" },
    },
  });
  host = await product.setUp();
  hostId = (await host.ok<{ id: string }>("GET", "/api/me")).id;
  second = await product.startProcess();
}, 300_000);
afterAll(async () => {
  await product?.[Symbol.asyncDispose]();
  await smtp?.[Symbol.asyncDispose]();
});

function excepting(...exceptions: AuthenticationException[]): BarrierChange {
  return { type: "rules.put", rules: { ...emptyBarriers.rules, on: true, exceptions } };
}

async function prove(guest: Client, meeting: TestMeeting, email: string): Promise<void> {
  const path = `/api/m/${meeting.link}/address`;
  await guest.ok("POST", path, { email });
  const code = /^ {4}(\d{6})$/mu.exec(textOfMail(await smtp.mailTo(email)))?.[1];
  await guest.ok("POST", `${path}/confirm`, { email, code });
}

const facts = (guest: Client, meeting: TestMeeting) =>
  guest.ok<{ meeting: { signInNeeded: boolean }; provedDomain: string | null; addressProof: boolean }>(
    "GET",
    `/api/m/${meeting.link}`,
  );

test("[BAR-8] with barriers on a named guest proves the address, waits, is admitted; others are asked to sign in", async () => {
  await layDown(product, [excepting({ kind: "address", value: "ohba@tokiwagi.example" })]);
  const meeting = await schedule(host, { whoMayJoin: "signedIn" });
  const hosting = await follow(host, meeting);
  const guest = product.client();
  const other = product.client(second.origin);
  expect(await ask(guest, meeting)).toMatchObject({ status: 401, body: { code: "sign_in_required" } });
  expect(await facts(guest, meeting)).toMatchObject({
    meeting: { signInNeeded: true },
    ...{ provedDomain: null, addressProof: true },
  });
  await prove(guest, meeting, "ohba@tokiwagi.example");
  expect(await facts(guest, meeting)).toMatchObject({
    meeting: { signInNeeded: false },
    provedDomain: "tokiwagi.example",
  });
  const waiting = await follow(guest, meeting);
  await until(waiting, "waiting");
  await admit(host, meeting, { id: waiting.admissionId });
  await until(waiting, "admitted");
  await other.ok("POST", `/api/m/${meeting.link}/address`, { email: "ohba2@tokiwagi.example" });
  expect(await ask(other, meeting)).toMatchObject({ status: 401, body: { code: "sign_in_required" } });
  // Withdrawn while inside: out, like anybody removed, and asked to sign in like anybody else.
  await layDown(product, [excepting()]);
  await expect
    .poll(async () => (await guest.send("GET", `/api/m/${meeting.link}`)).body, { timeout: 10_000 })
    .toMatchObject({ admission: { state: "none" }, meeting: { signInNeeded: true }, provedDomain: null });
  expect(await ask(guest, meeting)).toMatchObject({ status: 401, body: { code: "sign_in_required" } });
  await Promise.all([hosting, waiting].map((one) => one.stream.close()));
});

test("[BAR-7] the proved domain counts in a group that names it: at the door, and for those inside", async () => {
  const customers = id.group("customers");
  const rules = excepting({ kind: "domain", value: "yamabuki.example" });
  const named: BarrierChange = {
    type: "group.put",
    group: { id: customers, name: "customers", domains: ["yamabuki.example"] },
  };
  await layDown(product, [rules, ...group("desk", hostId), named]);
  const meeting = await schedule(host, { whoMayJoin: "signedIn" });
  const hosting = await follow(host, meeting);
  const guest = product.client(second.origin);
  await prove(guest, meeting, "mari@yamabuki.example");
  const inside = await follow(guest, meeting);
  await admit(host, meeting, { id: inside.admissionId });
  await until(inside, "admitted");
  await layDown(product, [policy("desk", "customers", ["meeting"])]);
  await until(inside, "removed");
  expect(await ask(guest, meeting)).toMatchObject({ status: 403, body: { code: "entry_refused" } });
  await Promise.all([hosting, inside].map((one) => one.stream.close()));
});

test("[BAR-8] [OPS-3] no code and no address is ever logged, however much is", async () => {
  await layDown(product, [excepting({ kind: "domain", value: "tokiwagi.example" })]);
  const meeting = await schedule(host, { whoMayJoin: "signedIn" });
  const written = vi.spyOn(process.stdout, "write");
  onTestFinished(() => written.mockRestore());
  const guest = product.client();
  const email = "shuichiro@tokiwagi.example";
  const path = `/api/m/${meeting.link}/address`;
  await guest.ok("POST", path, { email });
  const code = /^ {4}(\d{6})$/mu.exec(textOfMail(await smtp.mailTo(email)))?.[1] ?? "";
  await guest.send("POST", `${path}/confirm`, { email, code: "000000" });
  await guest.send("POST", `${path}/confirm`, { email: `${email}\r\n`, code: "x".repeat(65) });
  await guest.ok("POST", `${path}/confirm`, { email, code });
  createLog("debug").info("probe");
  const log = written.mock.calls.map(([text]) => String(text)).join("");
  expect(log).toContain("probe");
  expect(log).not.toContain(code);
  expect(log).not.toContain("shuichiro");
});
