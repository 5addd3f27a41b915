import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { RoomServiceClient } from "livekit-server-sdk";
import { expect, onTestFinished, test } from "vitest";
import { isAlive, runScript, waitUntilGone } from "../../../../../packages/testkit/src/child-script.ts";
import { startLiveKit } from "../../../../../packages/testkit/src/livekit.ts";
import { resolveEngine } from "./engine.ts";
import { shareLiveKit } from "./livekit-shared.ts";

test("the engine answers to its keys, makes no meeting by itself, and comes back after a kill", async () => {
  const back = Promise.withResolvers<void>();
  await using livekit = await startLiveKit({ onRestart: back.resolve });
  const rooms = new RoomServiceClient(livekit.url, livekit.apiKey, livekit.apiSecret);
  await rooms.createRoom({ name: "one" });
  expect((await rooms.listRooms()).map((room) => room.name)).toEqual(["one"]);
  const stranger = new RoomServiceClient(livekit.url, livekit.apiKey, "x".repeat(43));
  await expect(stranger.listRooms()).rejects.toThrow("invalid token");
  const first = livekit.pid;
  process.kill(first, "SIGKILL");
  await back.promise;
  expect(livekit.pid).not.toBe(first);
  expect(await rooms.listRooms()).toEqual([]);
});

test("the engine ends with a server that is killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-lk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const source = `
    import { resolveEngine } from ${JSON.stringify(join(import.meta.dirname, "engine.ts"))};
    import { startEmbeddedLiveKit } from ${JSON.stringify(join(import.meta.dirname, "livekit.ts"))};
    const livekit = await startEmbeddedLiveKit({
      binary: await resolveEngine(), keysDir: ${JSON.stringify(join(folder, "keys"))}, logDir: ${JSON.stringify(folder)},
      udpPort: 0, tcpPort: 0, nodeIp: "127.0.0.1", loopbackOnly: true,
    });
    console.log(livekit.pid);
    setInterval(() => undefined, 1_000);`;
  await using server = runScript(source);
  const pid = Number(await server.nextLine());
  expect(isAlive(pid)).toBe(true);
  await server.kill("SIGKILL");
  await waitUntilGone(pid);
});

test("of two servers on one folder one runs the engine, and the other takes over when it is killed", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-lk-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const settings = {
    keysDir: join(folder, "keys"),
    logDir: folder,
    udpPort: 0,
    tcpPort: 0,
    nodeIp: "127.0.0.1",
  };
  const source = `
    import { resolveEngine } from ${JSON.stringify(join(import.meta.dirname, "engine.ts"))};
    import { shareLiveKit } from ${JSON.stringify(join(import.meta.dirname, "livekit-shared.ts"))};
    const settings = ${JSON.stringify({ ...settings, loopbackOnly: true })};
    const livekit = await shareLiveKit(${JSON.stringify(folder)}, { ...settings, binary: await resolveEngine() });
    console.log(livekit.url);
    setInterval(() => undefined, 1_000);`;
  await using first = runScript(source);
  const url = await first.nextLine();
  const back = Promise.withResolvers<void>();
  const binary = await resolveEngine();
  const second = await shareLiveKit(folder, {
    ...settings,
    binary,
    loopbackOnly: true,
    onRestart: back.resolve,
  });
  expect(second.url).toBe(url);
  const rooms = new RoomServiceClient(second.url, second.apiKey, second.apiSecret);
  await rooms.createRoom({ name: "one" });
  await first.kill("SIGKILL");
  await back.promise;
  expect(await rooms.listRooms()).toEqual([]);
  await second.stop();
  await expect(rooms.listRooms()).rejects.toThrow("fetch failed");
});
