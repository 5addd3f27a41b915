/**
 * A far-away browser: a network namespace behind a pair of virtual cables, between which a program of ours holds every
 * frame for half of the round trip. It stands in for netem, which this kernel may not have. Needs root and `ip`.
 */
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect as connectTls } from "node:tls";
import { findChromium } from "../../packages/testkit/src/chromium.ts";

export const serverAddress = "10.77.0.1";
const browserAddress = "10.77.0.2";
const program = join(import.meta.dirname, "delay.py");

export type FarAway = AsyncDisposable & {
  /** Runs `launch` so that the Chromium it starts lives in the namespace. */
  launch<T>(launch: () => Promise<T>): Promise<T>;
  /** From now on. */
  setRoundTrip(ms: number): Promise<void>;
};

const marker = "SEKISHO_BENCH_OWN_NETWORK";

/**
 * Starts this very bench again in a network of its own, and ends with it. There the media server has one address: with
 * several it may answer on another one than it names, and how the machine is connected is nobody's result.
 */
export function moveToOwnNetwork(): void {
  if (process.env[marker] === undefined) {
    const again = spawnSync("unshare", ["-n", process.execPath, ...process.argv.slice(1)], {
      stdio: "inherit",
      env: { ...process.env, [marker]: "1" },
    });
    process.exit(again.status ?? 1);
  }
  ip("link", "set", "lo", "up");
}

function ip(...args: string[]): void {
  execFileSync("ip", args, { stdio: ["ignore", "ignore", "inherit"] });
}

export async function openFarAway(): Promise<FarAway> {
  const space = `sk${process.pid}`;
  const [near, nearEnd, far, farEnd] = ["a", "b", "c", "d"].map((end) => `${space}${end}`);
  if (near === undefined || nearEnd === undefined || far === undefined || farEnd === undefined)
    throw new Error("no names");
  ip("netns", "add", space);
  ip("link", "add", far, "type", "veth", "peer", "name", farEnd);
  ip("link", "add", near, "type", "veth", "peer", "name", nearEnd);
  ip("link", "set", far, "netns", space);
  ip("-n", space, "addr", "add", `${browserAddress}/24`, "dev", far);
  ip("-n", space, "link", "set", far, "up");
  ip("-n", space, "link", "set", "lo", "up");
  // Without a way out a browser offers no address of its own to the media server.
  ip("-n", space, "route", "add", "default", "via", serverAddress);
  ip("addr", "add", `${serverAddress}/24`, "dev", near);
  for (const end of [near, nearEnd, farEnd]) ip("link", "set", end, "up");
  for (const end of [near, nearEnd, farEnd]) execFileSync("python3", [program, "--plain", end]);
  execFileSync("ip", ["netns", "exec", space, "python3", program, "--plain", far]);
  const folder = mkdtempSync(join(tmpdir(), "sekisho-far-"));
  const wrapper = join(folder, "chromium");
  const chromium = await findChromium();
  const env = Object.entries(chromium.env).map(([name, value]) => `${name}='${value}'`);
  writeFileSync(
    wrapper,
    `#!/bin/sh\nexec ip netns exec ${space} env ${env.join(" ")} '${chromium.path}' "$@"\n`,
  );
  chmodSync(wrapper, 0o755);
  let stopRelay: () => Promise<void> = async () => undefined;
  return {
    async launch(launch) {
      const before = process.env["CHROMIUM_BIN"];
      process.env["CHROMIUM_BIN"] = wrapper;
      try {
        return await launch();
      } finally {
        if (before === undefined) delete process.env["CHROMIUM_BIN"];
        else process.env["CHROMIUM_BIN"] = before;
      }
    },
    async setRoundTrip(ms) {
      await stopRelay();
      stopRelay = await startRelay(nearEnd, farEnd, ms / 2);
    },
    async [Symbol.asyncDispose]() {
      await stopRelay();
      ip("netns", "del", space);
      ip("link", "del", near);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/**
 * The flag that makes a Chromium trust these servers' certificates outright. To ignore the errors of a certificate is
 * not the same: each new connection is then made twice.
 */
export async function trustFlag(origins: readonly string[]): Promise<string> {
  const pins = await Promise.all(origins.map(pinOf));
  return `--ignore-certificate-errors-spki-list=${pins.join(",")}`;
}

async function pinOf(origin: string): Promise<string> {
  const { hostname, port } = new URL(origin);
  const socket = connectTls({ host: hostname, port: Number(port), rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const certificate = socket.getPeerX509Certificate();
  socket.destroy();
  if (certificate === undefined) throw new Error(`no certificate at ${origin}`);
  const key = certificate.publicKey.export({ type: "spki", format: "der" });
  return createHash("sha256").update(key).digest("base64");
}

async function startRelay(one: string, other: string, oneWayMs: number): Promise<() => Promise<void>> {
  const relay = spawn("python3", [program, one, other, String(oneWayMs)], {
    stdio: ["pipe", "pipe", "inherit"],
  });
  const ended = once(relay, "exit");
  await once(relay.stdout, "data");
  return async () => {
    relay.stdin.end();
    await ended;
  };
}
