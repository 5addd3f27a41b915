import http, { type RequestListener } from "node:http";
import https from "node:https";
import type { AddressInfo, Server as NetServer } from "node:net";
import { TLSSocket } from "node:tls";
import type { Config } from "../../config/config.ts";
import { StartProblem, systemErrorCode } from "../../config/start-problem.ts";
import { acmeSource } from "./acme-source.ts";
import type { CertificateSource } from "./certificate-source.ts";
import { fileSource } from "./file-source.ts";
import { houseSource } from "./house-source.ts";
import { originsOf } from "./origins.ts";
import { tlsProfiles } from "./profiles.ts";

export type Listener = {
  /** Already listening: port and address are settled before anything slow begins. Answers 503 until `attach`. */
  readonly server: http.Server | https.Server;
  /** The address to print. */
  readonly origin: string;
  /** Every origin this server may be opened under, for the comparison with `Origin`. */
  readonly origins: readonly string[];
  /** Plain HTTP on loopback, for the engine's webhook; passes on only the paths named to `attach`. */
  readonly internalOrigin: string;
  /** Certificate of the house's own authority, for people to install; `null` where there is none. */
  readonly caFile: string | null;
  attach(handler: RequestListener, internalPaths: readonly string[]): void;
  close(): Promise<void>;
};

export type ListenerOptions = {
  /** A renewal that failed; the present certificate stays in use and it is tried again. */
  readonly onRenewalError?: (error: unknown) => void;
};

/** Opens the server's port. Throws `port_taken`, `port_forbidden`, `host_unknown` or `certificate_failed`. */
export async function openListener(config: Config, options: ListenerOptions = {}): Promise<Listener> {
  let handler: RequestListener = notYet;
  let internalPaths: readonly string[] = [];
  const pass: RequestListener = (request, response) => handler(request, response);
  const source = await sourceFor(config);
  const server = source ? await secureServer(config, source, pass) : http.createServer(pass);
  const internal = http.createServer((request, response) => {
    if (internalPaths.includes(request.url ?? "")) handler(request, response);
    else response.writeHead(404).end();
  });
  const port = await listen(server, config.host, config.port);
  const internalPort = await listen(internal, "127.0.0.1", 0);
  const stopRenewing =
    server instanceof https.Server && source ? await keepRenewed(server, source, options) : null;
  return {
    server,
    ...originsOf(config, port),
    internalOrigin: `http://127.0.0.1:${internalPort}`,
    caFile: source?.caFile ?? null,
    attach(next, paths) {
      handler = next;
      internalPaths = paths;
    },
    async close() {
      stopRenewing?.();
      await Promise.all([close(server), close(internal)]);
    },
  };
}

async function sourceFor(config: Config): Promise<CertificateSource | null> {
  if (config.exposure === "house") return houseSource(config.dataDir, config.keysDir);
  if (
    config.exposure === "ownCertificate" &&
    config.tlsCertFile !== undefined &&
    config.tlsKeyFile !== undefined
  ) {
    return fileSource(config.tlsCertFile, config.tlsKeyFile);
  }
  if (config.exposure !== "domain" || config.domain === undefined) return null;
  return acmeSource({
    domain: config.domain,
    directory: config.acmeDirectory,
    contact: config.acmeContact,
    caFile: config.acmeCaFile,
    keysDir: config.keysDir,
  });
}

async function secureServer(
  config: Config,
  source: CertificateSource,
  pass: RequestListener,
): Promise<https.Server> {
  const server = https.createServer(
    { ...tlsProfiles[config.tlsProfile], ...(await source.initial()), ALPNCallback: chooseProtocol(source) },
    pass,
  );
  server.on("secureConnection", (socket) => {
    // The proof lies in the certificate alone; nothing is said over such a connection.
    if (socket.alpnProtocol === "acme-tls/1") socket.destroy();
  });
  return server;
}

/** Visitors go on with the certificate they know while the authority gets the challenge's. */
function chooseProtocol(source: CertificateSource) {
  return function (this: unknown, asked: { servername: string; protocols: string[] }): string | undefined {
    if (asked.protocols.includes("acme-tls/1")) {
      const answer = source.challenge?.(asked.servername) ?? null;
      if (answer === null || !(this instanceof TLSSocket)) return undefined;
      this.setKeyCert(answer);
      return "acme-tls/1";
    }
    return asked.protocols.includes("http/1.1") ? "http/1.1" : undefined;
  };
}

/** Asks once now, so that a first certificate is there before anybody is let in, and then again and again. */
async function keepRenewed(server: https.Server, source: CertificateSource, options: ListenerOptions) {
  async function renew(): Promise<void> {
    const next = await source.renew(new Date());
    if (next) server.setSecureContext(next);
  }
  try {
    await renew();
  } catch (error) {
    await close(server);
    throw error;
  }
  const timer = setInterval(() => {
    renew().catch((error: unknown) => options.onRenewalError?.(error));
  }, source.everyMs);
  timer.unref();
  return () => clearInterval(timer);
}

function notYet(_request: http.IncomingMessage, response: http.ServerResponse): void {
  response.writeHead(503, { "retry-after": "2" }).end();
}

function listen(server: NetServer, host: string, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error) => reject(listenProblem(error, host, port)));
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address !== null ? address.port : port);
    });
  });
}

function listenProblem(error: Error, host: string, port: number): Error {
  const code = systemErrorCode(error);
  const details = { host, port: String(port) };
  if (code === "EADDRINUSE") return new StartProblem("port_taken", details, error);
  if (code === "EACCES") return new StartProblem("port_forbidden", details, error);
  if (code === "EADDRNOTAVAIL" || code === "ENOTFOUND")
    return new StartProblem("host_unknown", details, error);
  return error;
}

function close(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    if (!server.listening) return resolve();
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
