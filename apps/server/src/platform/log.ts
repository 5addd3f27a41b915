/** Structured logs without personal data (OPS-3): ids, codes and counts; what might slip in is cut out by name. */
import pino, { type Logger } from "pino";

export type Log = Logger;

const secretNames = [
  "password",
  "passcode",
  "token",
  "ticket",
  "cookie",
  "authorization",
  "displayName",
  "email",
  "address",
  "name",
];

export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    redact: { paths: secretNames.flatMap((name) => [name, `*.${name}`]), censor: "[removed]" },
    // An error's message can quote what somebody typed: its kind, code and place are enough.
    serializers: { error: describeError, err: describeError },
  });
}

/** Kind, code and the first places in our own files. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { kind: typeof error };
  const places = (error.stack ?? "")
    .split("\n")
    .filter((line) => line.trim().startsWith("at "))
    .slice(0, 6)
    .map((line) => line.trim());
  return { kind: error.name, code: Reflect.get(error, "code") ?? null, places };
}
