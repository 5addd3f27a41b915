import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import https from "node:https";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer as createTlsServer, type ConnectionOptions } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { loadConfig } from "../../config/load-config.ts";
import { type KeyAndCertificate, openHouseAuthority } from "./house-authority.ts";
import { openListener } from "./listener.ts";

let dataDir = "";
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), "sekisho-tls-"));
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

function configure(env: Record<string, string>, port = 0) {
  return { ...loadConfig({ argv: ["--data", dataDir], env, root: dataDir }), port };
}

function get(url: string, ca?: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    https
      .get(url, { ca, agent: false }, (response) => {
        let body = "";
        response.on("data", (chunk: Buffer) => (body += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
      })
      .on("error", reject);
  });
}

test("on this machine alone it speaks plain HTTP, 503 until the product is ready", async () => {
  const listener = await openListener(configure({}));
  expect(listener.origin).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  expect((await fetch(listener.origin)).status).toBe(503);
  listener.attach((_request, response) => response.end("ready"), []);
  expect(await (await fetch(listener.origin)).text()).toBe("ready");
  await listener.close();
  await expect(fetch(listener.origin)).rejects.toThrow("fetch failed");
});

test("the inner port passes on the engine's webhook and nothing else", async () => {
  const listener = await openListener(configure({}));
  listener.attach((request, response) => response.end(request.url), ["/api/hook"]);
  expect(await (await fetch(`${listener.internalOrigin}/api/hook`)).text()).toBe("/api/hook");
  for (const path of ["/", "/api/hook/x", "/api/hook?x", "/api/me", "/api/../api/me"]) {
    expect((await fetch(listener.internalOrigin + path)).status).toBe(404);
  }
  await listener.close();
});

test("in the house it speaks HTTPS that a device with our authority trusts, and no other", async () => {
  const listener = await openListener(configure({ SEKISHO_HOST: "0.0.0.0" }));
  listener.attach((_request, response) => response.end("ready"), []);
  const ca = readFileSync(listener.caFile ?? "", "utf8");
  const { port } = new URL(listener.origin);
  for (const name of ["localhost", "127.0.0.1", new URL(listener.origin).hostname]) {
    expect(await get(`https://${name}:${port}/`, ca)).toEqual({ status: 200, body: "ready" });
  }
  await expect(get(`https://localhost:${port}/`)).rejects.toThrow("unable to verify");
  expect(listener.origins).toContain(listener.origin);
  expect(statSync(join(dataDir, "keys", "house-authority.pem")).mode & 0o777).toBe(0o600);
  expect(ca).not.toContain("PRIVATE");
  await listener.close();
});

test("the authority stays the same over starts, and cannot vouch for a name outside the house", async () => {
  const names = { names: ["localhost"], addresses: ["127.0.0.1"] };
  const keysDir = join(dataDir, "keys");
  const first = await openHouseAuthority(dataDir, keysDir, names);
  const again = await openHouseAuthority(dataDir, keysDir, names);
  expect(again.caCertificate).toBe(first.caCertificate);
  const good = await first.issue(names, new Date());
  const foreign = await first.issue({ names: ["bank.example.jp"], addresses: ["203.0.113.7"] }, new Date());
  expect(await connectionTo("localhost", good, first.caCertificate)).toBe("trusted");
  expect(await connectionTo("bank.example.jp", foreign, first.caCertificate)).toBe(
    "permitted subtree violation",
  );
});

/** What a device that trusts the authority says to a server with this certificate. */
async function connectionTo(servername: string, certificate: KeyAndCertificate, ca: string): Promise<string> {
  const server = createTlsServer(certificate, (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const said = await new Promise<string>((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", servername, ca }, () => resolve("trusted"));
    socket.once("error", (error: Error) => resolve(error.message));
    socket.once("close", () => socket.destroy());
  });
  await new Promise((resolve) => server.close(resolve));
  return said;
}

test("a taken port is told with what to do, in both languages", async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, "127.0.0.1", resolve));
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const failure: unknown = await openListener(configure({}, port)).catch((error: unknown) => error);
  expect(failure).toMatchObject({ code: "port_taken", details: { port: String(port) } });
  await new Promise((resolve) => other.close(resolve));
  await expect(openListener({ ...configure({}), host: "203.0.113.9" })).rejects.toMatchObject({
    code: "host_unknown",
  });
});

/** What a client with these wishes gets: version and suite, or that it was refused. */
function negotiated(port: number, wishes: ConnectionOptions): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false, ...wishes });
    socket.once("secureConnect", () => {
      resolve(`${socket.getProtocol()} ${socket.getCipher().name}`);
      socket.destroy();
    });
    socket.once("error", () => resolve("refused"));
    socket.once("close", () => resolve("refused"));
  });
}

const clients = {
  newest: {},
  tls12: { maxVersion: "TLSv1.2" },
  p384: { ecdhCurve: "P-384" },
  // What the guideline has and we leave out, or has not at all.
  cbc: { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-SHA256:ECDHE-ECDSA-AES256-SHA384" },
  ccm: { maxVersion: "TLSv1.2", ciphers: "ECDHE-ECDSA-AES128-CCM8:ECDHE-ECDSA-AES128-CCM" },
  tls11: { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" },
} as const satisfies Record<string, ConnectionOptions>;

test.each([
  [
    "recommended",
    {
      newest: "TLSv1.3 TLS_AES_128_GCM_SHA256",
      tls12: "TLSv1.2 ECDHE-ECDSA-AES128-GCM-SHA256",
      p384: "TLSv1.3 TLS_AES_128_GCM_SHA256",
      cbc: "refused",
      ccm: "refused",
      tls11: "refused",
    },
  ],
  [
    "high",
    {
      newest: "TLSv1.3 TLS_AES_256_GCM_SHA384",
      tls12: "refused",
      p384: "TLSv1.3 TLS_AES_256_GCM_SHA384",
      cbc: "refused",
      ccm: "refused",
      tls11: "refused",
    },
  ],
])("[ENC-6] the profile %s, as clients of different kinds meet it", async (profile, expected) => {
  const listener = await openListener(configure({ SEKISHO_HOST: "0.0.0.0", SEKISHO_TLS_PROFILE: profile }));
  const port = Number(new URL(listener.origin).port);
  const met = Object.entries(clients).map(async ([name, wishes]) => [name, await negotiated(port, wishes)]);
  expect(Object.fromEntries(await Promise.all(met))).toEqual(expected);
  await listener.close();
});
