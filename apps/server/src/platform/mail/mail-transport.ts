/** Mail to the organisation's own mail server, over TLS (INV-3). */
import { readFileSync } from "node:fs";
import { createTransport } from "nodemailer";
import type { Config } from "../../config/config.ts";
import { StartProblem } from "../../config/start-problem.ts";
import { mailOptions } from "./compose-mail.ts";
import type { DeliveryResult, Transport } from "./transport.ts";

const patienceMs = 20_000;

/** Null where no mail server is set. Throws `mail_settings` when a file that the settings name cannot be read. */
export function createMailTransport(config: MailSettings): Transport | null {
  const { smtpFrom: address } = config;
  const transport = openTransport(config);
  if (transport === null || address === undefined) return null;
  return {
    async deliver(delivery) {
      try {
        await transport.sendMail(mailOptions(delivery, address));
        return { kind: "sent" };
      } catch (error) {
        return resultOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** The connection that every mail of this server takes. */
export function openTransport(config: MailSettings) {
  const { smtpHost: host, smtpFrom: address } = config;
  if (host === undefined || address === undefined) return null;
  return createTransport({
    host,
    port: config.smtpPort,
    secure: config.smtpTls === "implicit",
    // Without this a mail server, or whoever stands in front of it, could talk us out of TLS.
    requireTLS: config.smtpTls === "starttls",
    ignoreTLS: config.smtpTls === "off",
    tls: {
      minVersion: "TLSv1.2",
      ...(config.smtpCaFile === undefined ? {} : { ca: textOf(config.smtpCaFile) }),
    },
    ...authOf(config),
    connectionTimeout: patienceMs,
    greetingTimeout: patienceMs,
    socketTimeout: patienceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    logger: false,
  });
}

export type MailSettings = Pick<
  Config,
  "smtpHost" | "smtpPort" | "smtpUser" | "smtpPasswordFile" | "smtpFrom" | "smtpTls" | "smtpCaFile"
>;

function authOf(config: MailSettings) {
  if (config.smtpUser === undefined || config.smtpPasswordFile === undefined) return {};
  return { auth: { user: config.smtpUser, pass: textOf(config.smtpPasswordFile).trim() } };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new StartProblem("mail_settings", { path }, error);
  }
}

/**
 * RFC 5321, 4.2.1: an answer 5yz to sender, receiver or message will not become better by repeating. Signing in and TLS
 * are the settings' business: they are tried again, because somebody will put them right.
 */
function resultOf(error: unknown): DeliveryResult {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : null;
  const answer: unknown = error instanceof Error ? Reflect.get(error, "responseCode") : null;
  const named = typeof code === "string" && /^[A-Z_]{2,20}$/u.test(code) ? code.toLowerCase() : "unknown";
  const problem = typeof answer === "number" ? `${named}_${answer}` : named;
  const ofMessage = code === "EENVELOPE" || code === "EMESSAGE";
  const refused = typeof answer === "number" && answer >= 500 && answer < 600;
  return { kind: ofMessage && refused ? "permanent" : "temporary", problem };
}
