/** Sessions of accounts and the identity of guests (IDN-5). Tokens are kept hashed; a lookup is one indexed read. */
import { accountDuties, type AccountDuty, type AccountRole, type SignInStrength } from "@sekisho/contract";
import { id } from "@sekisho/domain";
import type { FastifyReply, FastifyRequest } from "fastify";
import type { Db } from "../db/database.ts";
import type { Keys } from "../keys/keys.ts";
import { hashToken, newId, newToken } from "../random.ts";
import type { AccountCaller, Caller, LimitedCaller } from "./caller.ts";
import { isBesideProvider, isDemanded } from "./factor-demand.ts";
import { hasOwnWay } from "./own-way.ts";
import { clearCookie, readCookie, setCookie } from "./cookies.ts";

export type SessionLimits = {
  /** Seconds without a request after which a session ends. */
  readonly idleSeconds: number;
  /** Seconds after sign-in at which it ends in any case. */
  readonly absoluteSeconds: number;
};

export type NewSession = {
  readonly accountId: string;
  readonly strength: SignInStrength;
  /** By whose word; left out: the server's own. */
  readonly providerId?: string | null;
  /** When the person was last proved, ms since 1970 UTC; left out: just now. */
  readonly provedAt?: number;
};

export type Sessions = {
  /** Makes a session and sets its cookie; the old cookie's session, if any, ends (rotation on privilege change). */
  open(request: FastifyRequest, reply: FastifyReply, whose: NewSession): Promise<string>;
  close(reply: FastifyReply, sessionId: string): Promise<void>;
  /** From the cookie header alone, so that the SFU gate can ask too. */
  callerOf(cookieHeader: string | undefined): Promise<Caller>;
  /** The identity of this browser, made on the first request to join, of guests and accounts alike (ADM-8). */
  ensureGuest(request: FastifyRequest, reply: FastifyReply): string;
  /** Which of these sessions are over by now. */
  ended(sessionIds: readonly string[]): Promise<readonly string[]>;
};

const guestSeconds = 400 * 24 * 3600;

export function createSessions(db: Db, limits: SessionLimits, keys: Keys): Sessions {
  async function accountOf(token: string): Promise<AccountCaller | LimitedCaller | null> {
    const now = new Date();
    const row = await db
      .selectFrom("session")
      .innerJoin("account", "account.id", "session.account_id")
      .select([
        "session.id",
        "session.last_seen_at",
        "account.id as account_id",
        "account.role",
        "account.duties",
      ])
      .select(["account.display_name", "account.email", "session.strength", "session.provider_id"])
      .select((eb) => [
        eb.selectFrom("organisation").select("factor_demands").as("demands"),
        eb.selectFrom("organisation").select("provider_demanded").as("provider_demanded"),
        hasOwnWay.as("has_own_way"),
      ])
      .where("session.token_hash", "=", hashToken(token))
      .where("session.revoked_at", "is", null)
      .where("account.disabled_at", "is", null)
      .where("session.expires_at", ">", now)
      .where("session.last_seen_at", ">", new Date(now.getTime() - limits.idleSeconds * 1000))
      .executeTakeFirst();
    if (row === undefined) return null;
    // Where a provider is demanded few are signed in by a way of their own, whenever that was (IDN-3).
    const besideProvider = isBesideProvider({ ...row, byProvider: row.provider_id !== null });
    if (besideProvider && !row.has_own_way) return null;
    // A minute's grain is enough for the idle limit, and spares a write a request.
    if (now.getTime() - row.last_seen_at.getTime() > 60_000)
      await db.updateTable("session").set({ last_seen_at: now }).where("id", "=", row.id).execute();
    const known = { accountId: id.account(row.account_id), sessionId: row.id };
    // Asked at each request: a rule that is switched on holds for sessions that are open (IDN-2).
    if (row.strength === "password" && (besideProvider || isDemanded(row.demands ?? [], row)))
      return { kind: "limited", ...known };
    return {
      kind: "account",
      ...known,
      strength: row.strength,
      role: row.role,
      duties: dutiesOf(row.role, row.duties),
      displayName: row.display_name,
      email: row.email,
    };
  }

  return {
    async open(request, reply, { accountId, strength, providerId = null, provedAt = Date.now() }) {
      const old = readCookie(request.headers.cookie, "session");
      if (old !== null)
        await db
          .updateTable("session")
          .set({ revoked_at: new Date() })
          .where("token_hash", "=", hashToken(old))
          .where("revoked_at", "is", null)
          .execute();
      const token = newToken();
      const sessionId = newId();
      const expires = new Date(Date.now() + limits.absoluteSeconds * 1000);
      await db
        .insertInto("session")
        .values({
          id: sessionId,
          token_hash: hashToken(token),
          account_id: accountId,
          strength,
          provider_id: providerId,
          proved_at: new Date(provedAt),
          expires_at: expires,
          device: deviceOf(request.headers["user-agent"]),
          address: shortened(request.ip),
        })
        .execute();
      setCookie(reply, "session", token, limits.absoluteSeconds);
      return sessionId;
    },
    async close(reply, sessionId) {
      await db.updateTable("session").set({ revoked_at: new Date() }).where("id", "=", sessionId).execute();
      clearCookie(reply, "session");
    },
    async callerOf(cookieHeader) {
      const token = readCookie(cookieHeader, "session");
      const account = token === null ? null : await accountOf(token);
      const guestId = guestOf(cookieHeader);
      if (account !== null) return guestId === null ? account : { ...account, browser: guestId };
      return guestId === null ? { kind: "nobody" } : { kind: "guest", guestId };
    },
    ensureGuest(request, reply) {
      const known = guestOf(request.headers.cookie);
      if (known !== null) return known;
      const token = newToken();
      setCookie(reply, "guest", `${token}.${proofOf(token)}`, guestSeconds);
      return guestIdOf(token);
    },
    async ended(sessionIds) {
      if (sessionIds.length === 0) return [];
      const now = new Date();
      const good = await db
        .selectFrom("session")
        .innerJoin("account", "account.id", "session.account_id")
        .select("session.id")
        .where("session.id", "in", sessionIds)
        .where("session.revoked_at", "is", null)
        .where("account.disabled_at", "is", null)
        .where("session.expires_at", ">", now)
        .execute();
      const still = new Set(good.map((row) => row.id));
      return sessionIds.filter((one) => !still.has(one));
    },
  };

  /** Only a cookie that this server gave: an invented one would be a fresh person at every request (IDN-6). */
  function guestOf(cookieHeader: string | undefined): string | null {
    const [token = "", proof = ""] = (readCookie(cookieHeader, "guest") ?? "").split(".");
    return token.length === 43 && proof === proofOf(token) ? guestIdOf(token) : null;
  }

  function proofOf(token: string): string {
    return keys.mac("guest-cookie", token).toString("base64url").slice(0, 22);
  }
}

/** The cookie itself is the secret; the identity kept in logs is its hash. */
function guestIdOf(token: string): string {
  return hashToken(token).toString("base64url").slice(0, 22);
}

/** "Chrome, Windows": enough to recognise one's own devices, not a fingerprint. */
export function deviceOf(userAgent: string | undefined): string {
  const agent = userAgent ?? "";
  const browser = [
    ["Edg/", "Edge"],
    ["Firefox/", "Firefox"],
    ["Chrome/", "Chrome"],
    ["Safari/", "Safari"],
  ].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  const system = [
    ["Windows", "Windows"],
    ["Android", "Android"],
    ["iPhone", "iPhone"],
    ["iPad", "iPad"],
    ["Mac OS", "macOS"],
    ["Linux", "Linux"],
  ].find(([mark]) => agent.includes(mark ?? ""))?.[1];
  return [browser, system].filter((part) => part !== undefined).join(", ");
}

/** The last part of an address is dropped before it is kept (DAT-5). */
export function shortened(ip: string): string {
  return ip.includes(":") ? `${ip.split(":").slice(0, 3).join(":")}::` : ip.replace(/\.\d+$/u, ".0");
}

/** Owners have every duty, so that somebody can look after the barriers from the first day. */
function dutiesOf(role: AccountRole, given: readonly string[]): readonly AccountDuty[] {
  return accountDuties.filter((duty) => role === "owner" || given.includes(duty));
}
