/** The check before a start, against a real media server (CNF-6). */
import type { MeetingCheck, MeetingReport } from "@sekisho/contract";
import { afterAll, beforeAll, expect, test } from "vitest";
import { colleague } from "../../../../../packages/testkit/src/colleagues.ts";
import { startProduct, type Client, type Product } from "../../../../../packages/testkit/src/index.ts";
import { follow, schedule, until } from "../../../../../packages/testkit/src/meetings.ts";

let product: Product;
let host: Client;

beforeAll(async () => {
  product = await startProduct({
    page: false,
    config: { regionLabel: "東京", regionCountry: "JP" },
  });
  host = await product.setUp();
}, 300_000);
afterAll(() => product?.[Symbol.asyncDispose]());

const path = (id: string) => `/api/meetings/${id}/check`;
const line = (check: MeetingCheck, id: string) => check.lines.find((one) => one.id === id) ?? expect.fail(id);

test("[CNF-6] a check tries removal at the media server, tells what it found, and is on record", async () => {
  const verifier = await colleague(product, host);
  const meeting = await schedule(host, { confidentiality: "medium", verifier: verifier.me.id });
  expect(await host.ok("GET", path(meeting.id))).toEqual({ last: null });
  const check = await host.ok<MeetingCheck>("POST", path(meeting.id), { materialsSent: false });
  expect(line(check, "removal")).toMatchObject({ state: "ok", found: "works" });
  expect(line(check, "region")).toMatchObject({ state: "ok", found: "allowed", value: "東京" });
  expect(line(check, "e2ee")).toMatchObject({ state: "ok", found: "off" });
  // Plain HTTP on loopback: no TLS was negotiated, and none is claimed.
  expect(["none", "proxy"]).toContain(line(check, "tls").found);
  expect(line(check, "verifier")).toMatchObject({ found: "named", value: verifier.me.displayName });
  expect(line(check, "materials").state).toBe("attention");
  expect(await host.ok("GET", path(meeting.id))).toEqual({ last: check });
});

test("[CNF-6] who verifies is told as there once there, and the report says when the check was", async () => {
  const verifier = await colleague(product, host);
  const meeting = await schedule(host, { confidentiality: "medium", verifier: verifier.me.id });
  const hosting = await follow(host, meeting);
  await until(hosting, "admitted");
  const checking = await follow(verifier.client, meeting);
  await until(checking, "admitted");
  const check = await host.ok<MeetingCheck>("POST", path(meeting.id), { materialsSent: true });
  expect(line(check, "verifier").found).toBe("present");
  expect(line(check, "materials").state).toBe("ok");
  await host.ok("POST", `/api/m/${meeting.link}/end`);
  const { reports } = await host.ok<{ reports: { instanceId: string }[] }>(
    "GET",
    `/api/meetings/${meeting.id}/reports`,
  );
  const report = await host.ok<MeetingReport>(
    "GET",
    `/api/meetings/${meeting.id}/reports/${reports[0]?.instanceId ?? ""}`,
  );
  expect(report.checkedAt).toBe(check.at);
});

test("[CNF-6] a check is for hosts alone, and cannot be used to load the media server", async () => {
  const stranger = await colleague(product, host);
  const meeting = await schedule(host);
  const answer = await stranger.client.send("POST", path(meeting.id), { materialsSent: false });
  expect(answer.status).toBe(404);
  const codes: number[] = [];
  // More than two windows' worth: some are refused wherever the window begins.
  for (let n = 0; n < 13; n++)
    codes.push((await host.send("POST", path(meeting.id), { materialsSent: false })).status);
  expect(codes[0]).toBe(200);
  expect(codes).toContain(429);
});

test("[CNF-6] a media server that cannot put anybody out is told as that, and not as well", async () => {
  const meeting = await schedule(host);
  await product.livekit.stop();
  const check = await host.ok<MeetingCheck>("POST", path(meeting.id), { materialsSent: false });
  expect(line(check, "removal")).toMatchObject({ state: "attention", found: "failed" });
});
