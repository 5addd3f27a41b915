/** A real mail server for tests: RFC 5321 with STARTTLS or TLS at once, AUTH PLAIN, refusals as a test wishes. Keeps what it was given. */
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer, TLSSocket } from "node:tls";
import { requireOneSecret } from "./one-secret.ts";
import { openHouseAuthority } from "../../../apps/server/src/platform/tls/house-authority.ts";

export type ReceivedMail = {
  readonly from: string;
  readonly to: readonly string[];
  /** As it came, dot-unstuffed. */
  readonly raw: string;
  readonly secure: boolean;
  readonly user: string | null;
};

export type SmtpOptions = {
  readonly tls?: "starttls" | "implicit" | "none";
  readonly auth?: { readonly user: string; readonly password: string };
  /** Reply to RCPT; null: taken. */
  readonly recipient?: (address: string) => string | null;
};

export type TestSmtp = AsyncDisposable & {
  readonly host: "localhost";
  readonly port: number;
  /** Certificate (PEM) that vouches for it. */
  readonly caFile: string;
  readonly mails: readonly ReceivedMail[];
  /** Every line a client has sent in the clear, before TLS. */
  readonly clear: readonly string[];
  /** The newest to this address, as soon as there are `count`; rejects after 10 s. */
  mailTo(address: string, count?: number): Promise<ReceivedMail>;
};

type Session = { from: string; to: string[]; user: string | null; data: string[] | null };

export async function startSmtp(options: SmtpOptions = {}): Promise<TestSmtp> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-smtp-"));
  const names = { names: ["localhost"], addresses: ["127.0.0.1", "::1"] };
  const authority = await openHouseAuthority(folder, folder, names);
  const certificate = await authority.issue(names, new Date());
  const mails: ReceivedMail[] = [];
  const clear: string[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const shared: Shared = {
    options,
    certificate,
    clear,
    take(mail) {
      // Thrown where nobody catches it: the run fails, whichever test it was (INV-1).
      requireOneSecret(everythingIn(mail), `mail to ${mail.to.join()}`);
      mails.push(mail);
      for (const wake of waiting) wake();
    },
  };
  const server: Server =
    options.tls === "implicit"
      ? createTlsServer(certificate, (socket) => converse(socket, true, shared))
      : createServer((socket) => converse(socket, false, shared));
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const address = server.address();
  return {
    host: "localhost",
    port: typeof address === "object" && address !== null ? address.port : 0,
    caFile: authority.caFile,
    mails,
    clear,
    mailTo: (to, count = 1) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no mail number ${count} to ${to}; ${mails.length} in all`));
        }, 30_000);
        function look() {
          const found = mails.filter((mail) => mail.to.includes(to))[count - 1];
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        }
        waiting.add(look);
        look();
      }),
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Shared = {
  readonly options: SmtpOptions;
  readonly certificate: { readonly key: string; readonly cert: string };
  readonly clear: string[];
  take(mail: ReceivedMail): void;
};

function converse(socket: Socket, secure: boolean, shared: Shared, greet = true): void {
  const session: Session = { from: "", to: [], user: null, data: null };
  let rest = "";
  const say = (line: string) => socket.write(`${line}\r\n`);
  function onData(chunk: Buffer): void {
    rest += chunk.toString("latin1");
    for (let end = rest.indexOf("\r\n"); end >= 0; end = rest.indexOf("\r\n")) {
      const line = rest.slice(0, end);
      rest = rest.slice(end + 2);
      if (!secure) shared.clear.push(line);
      if (session.data !== null) takeData(session, line, { secure, say, shared });
      else if (line.toUpperCase() === "STARTTLS" && !secure && shared.options.tls !== "none")
        return startTls();
      else say(answer(session, line, secure, shared.options));
      if (line.toUpperCase() === "QUIT") socket.end();
    }
  }
  function startTls(): void {
    socket.off("data", onData);
    socket.write("220 go ahead\r\n", () => {
      const over = new TLSSocket(socket, { isServer: true, ...shared.certificate });
      over.on("error", () => undefined);
      converse(over, true, shared, false);
    });
  }
  socket.on("error", () => undefined);
  socket.on("data", onData);
  if (greet) say("220 localhost ESMTP");
}

function answer(session: Session, line: string, secure: boolean, options: SmtpOptions): string {
  const [verb = "", argument = ""] = line.split(/ (.*)/su);
  const address = /<([^>]*)>/u.exec(argument)?.[1] ?? "";
  const signedIn = options.auth === undefined || session.user !== null;
  switch (verb.toUpperCase()) {
    case "EHLO":
      return ["250-localhost", ...extensions(secure, options), "250 8BITMIME"].join("\r\n");
    case "AUTH":
      return signIn(session, argument, options);
    case "MAIL":
      if (!signedIn) return "530 5.7.0 sign in first";
      Object.assign(session, { from: address, to: [] });
      return "250 ok";
    case "RCPT": {
      const refusal = options.recipient?.(address) ?? null;
      if (refusal === null) session.to.push(address);
      return refusal ?? "250 ok";
    }
    case "DATA":
      if (session.to.length === 0) return "503 no recipient";
      session.data = [];
      return "354 go on";
    case "RSET":
    case "NOOP":
      return "250 ok";
    case "QUIT":
      return "221 bye";
    default:
      return "502 unknown";
  }
}

function extensions(secure: boolean, options: SmtpOptions): readonly string[] {
  const startTls = !secure && options.tls !== "none" ? ["250-STARTTLS"] : [];
  return options.auth === undefined ? startTls : [...startTls, "250-AUTH PLAIN"];
}

function signIn(session: Session, argument: string, options: SmtpOptions): string {
  const [, user = "", password = ""] = Buffer.from(argument.slice("PLAIN ".length), "base64")
    .toString("utf8")
    .split("\0");
  if (user !== options.auth?.user || password !== options.auth.password) return "535 5.7.8 no";
  session.user = user;
  return "235 2.7.0 yes";
}

function takeData(
  session: Session,
  line: string,
  at: { readonly secure: boolean; readonly say: (line: string) => void; readonly shared: Shared },
): void {
  if (session.data === null) return;
  if (line !== ".") {
    session.data.push(line.startsWith(".") ? line.slice(1) : line);
    return;
  }
  const { from, to, user } = session;
  at.shared.take({ from, to: [...to], user, secure: at.secure, raw: session.data.join("\r\n") });
  session.data = null;
  at.say("250 taken");
}

/** The text of a message of ours, decoded; of one with a calendar entry, its first part. */
export function textOfMail(mail: ReceivedMail): string {
  return partsOfMail(mail)[0]?.text ?? "";
}

/** What a program would answer to: the alternative with this method; undefined where there is none. */
export function calendarOfMail(mail: ReceivedMail): string | undefined {
  return partsOfMail(mail).find(({ type }) => type.startsWith("text/calendar"))?.text;
}

export type MailPart = { readonly type: string; readonly text: string };

/** Every part that is no container, decoded, in order. */
export function partsOfMail({ raw }: Pick<ReceivedMail, "raw">): readonly MailPart[] {
  const [head = "", body = ""] = raw.split(/\r\n\r\n(.*)/su);
  const lines = unfold(head);
  const type = headerIn(lines, "content-type") ?? "text/plain";
  const boundary = /boundary="?([^";]+)"?/iu.exec(type)?.[1];
  if (boundary === undefined) return [{ type, text: decoded(body, lines) }];
  return body
    .split(`--${boundary}`)
    .slice(1, -1)
    .flatMap((part) => partsOfMail({ raw: part.replace(/^\r\n/u, "").replace(/\r\n$/u, "") }));
}

function decoded(body: string, lines: readonly string[]): string {
  const encoding = headerIn(lines, "content-transfer-encoding")?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  const bytes =
    encoding === "quoted-printable"
      ? body
          .replaceAll(/=\r\n/gu, "")
          .replaceAll(/=([0-9A-F]{2})/gu, (_all, hex: string) =>
            String.fromCharCode(Number.parseInt(hex, 16)),
          )
      : body;
  return Buffer.from(bytes, "latin1").toString("utf8").replaceAll("\r\n", "\n");
}

/** Header lines, unfolded. */
export function headersOfMail({ raw }: Pick<ReceivedMail, "raw">): readonly string[] {
  const [head = ""] = raw.split("\r\n\r\n");
  return unfold(head);
}

function unfold(head: string): readonly string[] {
  return head.replace(/\r\n[ \t]+/gu, " ").split("\r\n");
}

function headerIn(lines: readonly string[], name: string): string | undefined {
  const line = lines.find((one) => one.toLowerCase().startsWith(`${name}:`));
  return line?.slice(name.length + 1).trim();
}

/** The subject as its reader sees it (RFC 2047). */
export function subjectOfMail(mail: Pick<ReceivedMail, "raw">): string {
  const value = headerIn(headersOfMail(mail), "subject") ?? "";
  return value
    .replaceAll(/\?=\s+=\?/gu, "?==?")
    .replaceAll(/=\?utf-8\?([bq])\?([^?]*)\?=/giu, (_all, how: string, text: string) =>
      how.toLowerCase() === "b"
        ? Buffer.from(text, "base64").toString("utf8")
        : decoded(text.replaceAll("_", " "), ["content-transfer-encoding: quoted-printable"]),
    );
}

function everythingIn(mail: ReceivedMail): string {
  return [subjectOfMail(mail), ...headersOfMail(mail), ...partsOfMail(mail).map(({ text }) => text)].join(
    "\n",
  );
}
