/** Addresses that browsers have proved, for as long as that counts (BAR-7, BAR-8). The address itself is not kept. */
import type { BarrierRules } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { macOfAddress, readAddress } from "../../platform/mail/address.ts";
import { readExceptions, type Exceptions } from "./exceptions.ts";
import { ownDomains } from "./own-addresses.ts";

export const proofHours = 24;

export type GuestProof = {
  readonly domain: string;
  /** A keyed digest: the same for the same address, and of no use without the server's key. */
  readonly address: string;
  /** At this moment: barriers are on, and a rule excepts the address. */
  readonly excepted: boolean;
  /** Whether it is this address, in whatever spelling. */
  is(email: string): boolean;
  /** Whether a meeting invites the address or allows its domain. */
  named(meeting: {
    readonly invitedEmails: readonly string[];
    readonly allowedDomains: readonly string[];
  }): boolean;
};

export type GuestProofs = {
  /** What this browser has proved; null: nothing. */
  of(guestId: string): Promise<GuestProof | null>;
  /** Whether anybody at all can join by proving an address. */
  offered(): boolean;
  /** Ends the places of those whose exception was withdrawn, then forgets what they proved. May be repeated. */
  review(): Promise<void>;
};

export type ProofsDeps = {
  readonly db: Db;
  readonly keys: Keys;
  /** The newest in force. Rejects where they cannot be read: then nobody is excepted. */
  readonly rules: () => Promise<BarrierRules>;
  /** As this process knows them. */
  readonly knownRules: () => BarrierRules;
  readonly now: () => number;
  /** Their places are given up, in every meeting. */
  readonly onWithdrawn: (guestIds: readonly string[]) => Promise<void>;
};

/** Compiled once for each version of the rules. */
export function exceptionReader(keys: Keys): (rules: BarrierRules) => Exceptions {
  const known = new WeakMap<BarrierRules["exceptions"], Exceptions>();
  return ({ exceptions }) => {
    const found = known.get(exceptions) ?? readExceptions(exceptions, (one) => macOfAddress(keys, one));
    known.set(exceptions, found);
    return found;
  };
}

export function createGuestProofs(deps: ProofsDeps): GuestProofs {
  const { db, keys } = deps;
  const read = exceptionReader(keys);

  return {
    async of(guestId) {
      const row = await db
        .selectFrom("guest_address")
        .select(["address_mac", "domain"])
        .where("guest_id", "=", guestId)
        .where("good_until", ">", new Date(deps.now()))
        .executeTakeFirst();
      if (row === undefined) return null;
      const [rules, own] = await Promise.all([deps.rules(), ownDomains(db, [row.domain])]);
      const proved = { addressMac: row.address_mac, domain: row.domain };
      const is = (email: string) => {
        const address = readAddress(email)?.address;
        return address !== undefined && macOfAddress(keys, address).equals(row.address_mac);
      };
      return {
        domain: row.domain,
        is,
        address: row.address_mac.toString("base64url"),
        excepted: rules.on && read(rules).covers(proved) && !own.has(row.domain),
        named: ({ invitedEmails, allowedDomains }) =>
          allowedDomains.includes(row.domain) || invitedEmails.some(is),
      };
    },
    offered() {
      const { on, exceptions } = deps.knownRules();
      return on && exceptions.length > 0;
    },
    async review() {
      const now = new Date(deps.now());
      await db.deleteFrom("guest_address").where("good_until", "<=", now).execute();
      await db.deleteFrom("address_code").where("good_until", "<=", now).execute();
      const rules = await deps.rules();
      // Switched off, barriers take nobody's place away.
      if (!rules.on) return;
      const rows = await db
        .selectFrom("guest_address")
        .select(["guest_id", "address_mac", "domain"])
        .execute();
      const own = await ownDomains(db, [...new Set(rows.map((row) => row.domain))]);
      const exceptions = read(rules);
      const gone = rows.filter(
        (row) =>
          own.has(row.domain) || !exceptions.covers({ addressMac: row.address_mac, domain: row.domain }),
      );
      if (gone.length === 0) return;
      const guestIds = gone.map((row) => row.guest_id);
      // First the places: a process that dies in between leaves the rows, and the next one comes by again.
      await deps.onWithdrawn(guestIds);
      await db
        .deleteFrom("guest_address")
        .where("guest_id", "in", guestIds)
        .where(
          "address_mac",
          "in",
          gone.map((row) => row.address_mac),
        )
        .execute();
    },
  };
}
