import { createServer } from "node:http";
import { buffer } from "node:stream/consumers";
import { startLiveKit } from "../../../../packages/testkit/src/livekit.ts";
import { expect, test, vi } from "vitest";
import { startGateHarness } from "../../../../packages/testkit/src/contract-suites/sfu-gate-harness.ts";
import { startPerson } from "../../../../packages/testkit/src/contract-suites/sfu-gate-page.ts";
import { createLivekitSfu } from "./livekit-sfu.ts";
import { createReconciler } from "./reconciler.ts";
import { createWebhookParser } from "./webhook.ts";
import type { WebhookParser } from "./webhook.ts";

test("[ADM-11] somebody who reached LiveKit beside the gate is ejected once a webhook tells of it", async () => {
  const results: unknown[] = [];
  let onHint = () => {};
  const parsers: WebhookParser[] = [];
  const receiver = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const result = await parsers[0]?.(request.headers, body);
      results.push(result?.ok === true ? result.hint.event : result?.reason);
      onHint();
      response.end();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
  const address = receiver.address();
  const port = typeof address === "object" ? address?.port : 0;
  await using livekit = await startLiveKit({ webhookUrl: `http://127.0.0.1:${port}/` });
  const sfu = createLivekitSfu(livekit);
  parsers.push(createWebhookParser({ ...livekit, clock: { now: () => Date.now() } }));
  const intruders: string[] = [];
  const reconciler = createReconciler({
    sfu,
    roster: () => Promise.resolve(new Map([["room", new Set(["member"])]])),
    onIntruder: ({ identity }, reason) => intruders.push(`${identity} ${reason}`),
    onAbsent: () => {},
    onFailure: () => {},
    intervalMs: 60_000,
  });
  onHint = () => reconciler.hint();

  await sfu.createRoom("room", { emptyTimeout: 60, departureTimeout: 60, maxParticipants: 0 });
  const token = await sfu.mintUpstreamToken({
    sfuRoom: "room",
    sfuIdentity: "stranger",
    grants: { subscribe: true, sources: [] },
  });
  await using harness = await startGateHarness(sfu);
  await using person = await startPerson(harness.origin, "stranger");
  // Not awaited: it depends on who is faster whether the stranger's connect succeeds before it is ended.
  await person.page.evaluate(
    ([url, value]) =>
      void window.gatePage.room.connect(url, value, { rtcConfig: { iceServers: [] } }).catch(() => {}),
    [sfu.signalUrl, token] as const,
  );
  await vi.waitFor(() => expect(intruders).toContain("stranger notInRoster"), { timeout: 30_000 });
  await vi.waitFor(async () => expect(await sfu.listParticipants("room")).toEqual([]), { timeout: 30_000 });
  expect(results).toContain("room_started");
  expect(results).not.toContain("forged");
  await reconciler.stop();
  receiver.closeAllConnections();
  await new Promise((resolve) => receiver.close(resolve));
});
