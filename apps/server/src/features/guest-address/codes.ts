/**
 * Proving an address by a code sent to it (BAR-8, IDN-4). Whoever asks is told the same in the same time, whether the
 * address is excepted, invited, registered, one of ours, unknown, or has had too many codes; and whatever is wrong with a code is one answer.
 */
import { randomBytes, randomInt } from "node:crypto";
import type { BarrierRules } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { OrganisationLog } from "../../platform/evidence/organisation-log.ts";
import { notSooner } from "../../platform/http/floor.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { RateLimits } from "../../platform/http/rate-limits.ts";
import { equalBytes, type Keys } from "../../platform/keys/keys.ts";
import type { Outbox } from "../../platform/mail/outbox.ts";
import { macOfAddress, readAddress, type TypedAddress } from "../../platform/mail/address.ts";
import { digitsOf } from "../../platform/mail/typed-code.ts";
import { codeMail } from "./code-mail.ts";
import { createCodeLimits } from "./limits.ts";
import { isOwnAddress } from "./own-addresses.ts";
import { exceptionReader, proofHours } from "./proofs.ts";

export type CodesDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly limits: RateLimits;
  readonly log: OrganisationLog;
  readonly outbox: Pick<Outbox, "put" | "kick">;
  readonly rules: () => Promise<BarrierRules>;
  /** By link or number, of a meeting that is not cancelled and not over; null: no such meeting. */
  readonly meetingAt: (link: string) => Promise<AddressTargets | null>;
  readonly organisationName: () => Promise<string>;
  readonly now: () => number;
};

/** Where a meeting itself sends a code for what was typed: to an address that was invited or is registered (IDN-4). */
export type AddressTargets = { targetOf(typed: TypedAddress): Promise<string | null> };

export type Asker = { readonly guestId: string; readonly ip: string; readonly link: string };

export type Codes = {
  /** Throws `bad_request` where it is no address, `too_many_tries`. */
  ask(asker: Asker, email: string): Promise<void>;
  /** Throws `code_not_accepted`, `too_many_tries`. */
  confirm(asker: Asker, email: string, code: string): Promise<void>;
};

const goodForMs = 10 * 60_000;
const mostTries = 5;
/** No answer comes sooner, so that its time does not tell what was done for it. */
const floorMs = 300;

export function createCodes(deps: CodesDeps): Codes {
  const limits = createCodeLimits(deps.limits);
  const exceptionsOf = exceptionReader(deps.keys);

  async function ask(asker: Asker, email: string): Promise<void> {
    const typed = readAddress(email);
    if (typed === null) throw new HttpError("bad_request", { fields: ["email"] });
    await limits.takeAsk(asker);
    // Everything is looked up for everybody: nothing here depends on what an earlier answer was.
    const [excepted, own, invited, mailLeft, organisation] = await Promise.all([
      deps.rules().then((rules) => (rules.on ? exceptionsOf(rules).targetOf(typed) : null)),
      isOwnAddress(deps.db, typed),
      targetAt(asker.link, typed),
      limits.takeMail(macOfAddress(deps.keys, typed.mailbox).toString("base64url"), asker.ip),
      deps.organisationName(),
    ]);
    const to = !own && invited.known && mailLeft ? (excepted ?? invited.target) : null;
    await keepCode(asker.guestId, to, organisation);
  }

  async function targetAt(link: string, typed: TypedAddress) {
    const meeting = await deps.meetingAt(link);
    return { known: meeting !== null, target: meeting === null ? null : await meeting.targetOf(typed) };
  }

  /** A code that was sent nowhere is kept as well: trying it costs as much, and is refused as often. */
  async function keepCode(guestId: string, to: string | null, organisation: string): Promise<void> {
    const { db, keys } = deps;
    const code = String(randomInt(1_000_000)).padStart(6, "0");
    const goodUntil = deps.now() + goodForMs;
    const address = to ?? randomBytes(16).toString("hex");
    const addressMac = macOfAddress(keys, address);
    const row = {
      address_mac: addressMac,
      sealed_address: keys.seal("guest-address", Buffer.from(address), guestId),
      code_mac: to === null ? randomBytes(32) : macOfCode(keys, guestId, { addressMac, code }),
      tries: 0,
      good_until: new Date(goodUntil),
    };
    await db.transaction().execute(async (trx) => {
      await trx
        .insertInto("address_code")
        .values({ guest_id: guestId, ...row })
        .onConflict((conflict) => conflict.column("guest_id").doUpdateSet(row))
        .execute();
      if (to !== null) await deps.outbox.put(trx, codeMail({ to, code, organisation, goodUntil }));
    });
    if (to !== null) deps.outbox.kick();
  }

  async function confirm(asker: Asker, email: string, typedCode: string): Promise<void> {
    const { db, keys } = deps;
    await limits.takeTry(asker);
    const typed = readAddress(email);
    const { guestId } = asker;
    // Counted before it is compared, in one statement: a hundred tries at once are still five.
    const row = await db
      .updateTable("address_code")
      .set((eb) => ({ tries: eb("tries", "+", 1) }))
      .where("guest_id", "=", guestId)
      .where("good_until", ">", new Date(deps.now()))
      .where("tries", "<", mostTries)
      .returning(["address_mac", "sealed_address", "code_mac"])
      .executeTakeFirst();
    if (row === undefined || typed === null || !isFor(keys, row.address_mac, typed))
      throw new HttpError("code_not_accepted");
    const code = digitsOf(typedCode);
    const given = macOfCode(keys, guestId, { addressMac: row.address_mac, code });
    if (!equalBytes(given, row.code_mac)) throw new HttpError("code_not_accepted");
    await keepProof(guestId, row);
  }

  async function keepProof(
    guestId: string,
    row: { readonly address_mac: Buffer; readonly sealed_address: Buffer; readonly code_mac: Buffer },
  ): Promise<void> {
    const { db, keys } = deps;
    const address = keys.open("guest-address", row.sealed_address, guestId).toString("utf8");
    const domain = address.slice(address.lastIndexOf("@") + 1);
    const now = deps.now();
    const proof = {
      address_mac: row.address_mac,
      domain,
      proved_at: new Date(now),
      good_until: new Date(now + proofHours * 3_600_000),
    };
    await db.transaction().execute(async (trx) => {
      // Whoever takes the row away has used the code; nobody else has.
      const used = await trx
        .deleteFrom("address_code")
        .where("guest_id", "=", guestId)
        .where("code_mac", "=", row.code_mac)
        .executeTakeFirst();
      if (used.numDeletedRows !== 1n) throw new HttpError("code_not_accepted");
      await trx
        .insertInto("guest_address")
        .values({ guest_id: guestId, ...proof })
        .onConflict((conflict) => conflict.column("guest_id").doUpdateSet(proof))
        .execute();
      const actor = { kind: "nobody" } as const;
      await deps.log.append(trx, {
        ...{ type: "address.proved", actor, data: { guestId, domain }, personal: { address } },
      });
    });
  }

  return {
    ask: (asker, email) => notSooner(floorMs, () => ask(asker, email)),
    confirm: (asker, email, code) => notSooner(floorMs, () => confirm(asker, email, code)),
  };
}

function macOfCode(
  keys: Keys,
  guestId: string,
  { addressMac, code }: { readonly addressMac: Buffer; readonly code: string },
): Buffer {
  return keys.mac("address-code", `${guestId}\n${addressMac.toString("hex")}\n${code}`);
}

function isFor(keys: Keys, addressMac: Buffer, { address, mailbox }: TypedAddress): boolean {
  return [address, mailbox].some((one) => macOfAddress(keys, one).equals(addressMac));
}
