/**
 * The cookies of the product (IDN-5). `__Host-` ties each to this very host over a secure channel: no subdomain and no
 * other path can set or shadow it. `Lax` because people come by links from mail and calendar.
 */
import type { FastifyReply } from "fastify";

export const cookieName = {
  session: "__Host-sekisho-session",
  /** A browser without an account: 256 random bits that name nobody. */
  guest: "__Host-sekisho-guest",
  /** A browser from which an account has signed in before; only loosens a rate limit (IDN-6). */
  known: "__Host-sekisho-known",
  /** Between the password and the second factor: opens nothing by itself (IDN-2). */
  attempt: "__Host-sekisho-attempt",
  /** On the way to an identity provider and back: ties the answer to this browser, and opens nothing by itself (IDN-3). */
  provider: "__Host-sekisho-provider",
  /** The browser that asked for a link by mail: the link is good in no other (IDN-2). */
  recovery: "__Host-sekisho-recovery",
} as const;

export type CookieName = keyof typeof cookieName;

export function setCookie(reply: FastifyReply, name: CookieName, value: string, maxAgeSeconds: number): void {
  reply.header(
    "set-cookie",
    `${cookieName[name]}=${value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(maxAgeSeconds)}`,
  );
}

export function clearCookie(reply: FastifyReply, name: CookieName): void {
  setCookie(reply, name, "", 0);
}

/**
 * Values of ours are base64url and dots; anything else is not ours. A name that comes twice is nobody's: somebody may
 * have planted the other one. Only space and tab are taken off: a browser guards `__Host-` names byte by byte, and a
 * name that is ours only after other white space is cut off is not guarded.
 */
export function readCookie(header: string | undefined, name: CookieName): string | null {
  const found: string[] = [];
  for (const part of (header ?? "").split(";")) {
    const at = part.indexOf("=");
    if (at > 0 && bare(part.slice(0, at)) === cookieName[name]) found.push(bare(part.slice(at + 1)));
  }
  const [value] = found;
  return found.length === 1 && value !== undefined && /^[A-Za-z0-9_.-]{1,512}$/u.test(value) ? value : null;
}

function bare(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/gu, "");
}
