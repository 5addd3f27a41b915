import { execFile, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { connect, type PeerCertificate } from "node:tls";
import { promisify } from "node:util";
import { expect, onTestFinished, test } from "vitest";
import { loadConfig } from "../../config/load-config.ts";
import { checkoutRoot } from "../embedded/checkout.ts";
import { machineGo } from "../embedded/engine-toolchain.ts";
import { freeTcpPort } from "../embedded/free-port.ts";
import { openHouseAuthority } from "./house-authority.ts";
import { openListener } from "./listener.ts";

const pebbleVersion = "v2.10.1";
const buildLimitMs = 240_000;

/** Built once and kept; `reason` says why it could not be: a machine without Go or without a network tests the rest. */
async function findPebble(): Promise<{ readonly binary: string } | { readonly reason: string }> {
  try {
    return { binary: await buildPebble() };
  } catch (error) {
    return { reason: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) };
  }
}

async function buildPebble(): Promise<string> {
  const folder = join(checkoutRoot(), ".cache", "pebble", pebbleVersion);
  const binary = join(folder, "pebble");
  if (existsSync(binary)) return binary;
  const program = await machineGo();
  if (program === null) throw new Error("pebble is built here, which needs Go 1.26");
  mkdirSync(folder, { recursive: true });
  const target = `github.com/letsencrypt/pebble/v2/cmd/pebble@${pebbleVersion}`;
  const env = { ...process.env, GOBIN: folder };
  await promisify(execFile)(program, ["install", target], { env, timeout: buildLimitMs });
  return binary;
}

/** A certificate authority that speaks ACME, on ports of its own, which looks for the challenge on ours. */
async function startPebble(binary: string, folder: string, tlsPort: number) {
  const [port, managementPort] = [await freeTcpPort("127.0.0.1"), await freeTcpPort("127.0.0.1")];
  const own = { names: ["localhost"], addresses: ["127.0.0.1"] };
  const authority = await openHouseAuthority(folder, folder, own);
  const issued = await authority.issue(own, new Date());
  const [cert, key] = [join(folder, "pebble-cert.pem"), join(folder, "pebble-key.pem")];
  writeFileSync(cert, issued.cert);
  writeFileSync(key, issued.key);
  const configFile = join(folder, "pebble.json");
  const pebble = {
    listenAddress: `127.0.0.1:${port}`,
    managementListenAddress: `127.0.0.1:${managementPort}`,
    certificate: cert,
    privateKey: key,
    httpPort: await freeTcpPort("127.0.0.1"),
    tlsPort,
    profiles: { default: { description: "default", validityPeriod: 7_776_000 } },
  };
  writeFileSync(configFile, JSON.stringify({ pebble }));
  const env = { ...process.env, PEBBLE_VA_NOSLEEP: "1", PEBBLE_WFE_NONCEREJECT: "0" };
  const child = spawn(binary, ["-config", configFile], { env, stdio: ["ignore", "pipe", "pipe"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on(
        "line",
        (line) => line.includes("ACME directory available") && resolve(),
      );
    }
  });
  const root = await new Promise<string>((resolve, reject) => {
    https
      .get(`https://127.0.0.1:${managementPort}/roots/0`, { ca: authority.caCertificate }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve(body));
      })
      .on("error", reject);
  });
  return { directory: `https://127.0.0.1:${port}/dir`, caFile: authority.caFile, root };
}

function shownCertificate(port: number, ca: string): Promise<PeerCertificate> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: "127.0.0.1", servername: "localhost", ca }, () => {
      resolve(socket.getPeerCertificate());
      socket.destroy();
    });
    socket.once("error", reject);
  });
}

test(
  "a public name gets its certificate on the HTTPS port itself, and keeps it",
  async ({ skip }) => {
    const pebble = await findPebble();
    if ("reason" in pebble) {
      process.stderr.write(`skipped, ACME: ${pebble.reason}\n`);
      return skip(pebble.reason);
    }
    const folder = mkdtempSync(join(tmpdir(), "sekisho-acme-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const port = await freeTcpPort("127.0.0.1");
    const { directory, caFile, root } = await startPebble(pebble.binary, folder, port);
    const env = {
      SEKISHO_ACME_DIRECTORY: directory,
      SEKISHO_ACME_CA_FILE: caFile,
      SEKISHO_DOMAIN: "meet.example.jp",
    };
    const loaded = loadConfig({ argv: ["--data", join(folder, "data")], env, root: folder });
    const config = { ...loaded, domain: "localhost", host: "127.0.0.1", port };
    const serials: string[] = [];
    for (let start = 0; start < 2; start += 1) {
      const listener = await openListener(config);
      const certificate = await shownCertificate(port, root);
      expect(certificate.subjectaltname).toBe("DNS:localhost");
      serials.push(certificate.serialNumber);
      expect(listener.origin).toBe(`https://localhost:${port}`);
      await listener.close();
    }
    expect(serials[1]).toBe(serials[0]);
  },
  buildLimitMs + 60_000,
);
