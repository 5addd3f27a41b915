/** Who of those at the door is registered (INV-5, IDN-4): by the own account, a proved address, or the personal link. */
import type { Db } from "../../platform/db/database.ts";
import type { Caller } from "../../platform/http/caller.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { macOfAddress, readAddress } from "../../platform/mail/address.ts";
import { openPerson } from "./registration-rows.ts";

export type KnownRegistrant = {
  readonly registrationId: string;
  readonly displayName: string;
  readonly affiliation: string;
  /** By a code, or by having been the first to open the personal link, which went to that address alone. */
  readonly proved: boolean;
};

/** No address has this digest. */
const nobodys = Buffer.alloc(0);

export async function registrantAt(
  { db, keys, now }: { readonly db: Db; readonly keys: Keys; readonly now: () => number },
  meetingId: string,
  caller: Caller,
): Promise<KnownRegistrant | null> {
  const browser = browserOf(caller);
  const address = caller.kind === "account" ? readAddress(caller.email)?.mailbox : undefined;
  const addressMac = address === undefined ? null : macOfAddress(keys, address);
  if (browser === null && addressMac === null) return null;
  const row = await db
    .selectFrom("registration as r")
    .leftJoin("registration_browser as b", (join) =>
      join.onRef("b.registration_id", "=", "r.id").on("b.guest_id", "=", browser ?? ""),
    )
    .leftJoin("guest_address as a", (join) =>
      join
        .onRef("a.address_mac", "=", "r.address_mac")
        .on("a.guest_id", "=", caller.kind === "guest" ? caller.guestId : "")
        .on("a.good_until", ">", new Date(now())),
    )
    .select(["r.id", "r.sealed", "r.first_guest", "r.address_mac"])
    .select(["a.guest_id as by_code", "b.guest_id as by_link"])
    .where("r.meeting_id", "=", meetingId)
    .where("r.state", "=", "registered")
    .where((eb) =>
      eb.or([
        eb("b.guest_id", "is not", null),
        eb("a.guest_id", "is not", null),
        eb("r.address_mac", "=", addressMac ?? nobodys),
      ]),
    )
    // The own address, and what was proved by code, go before what a link says.
    .orderBy((eb) => eb("r.address_mac", "=", addressMac ?? nobodys), "desc")
    .orderBy("a.guest_id", (order) => order.asc().nullsLast())
    .orderBy("b.guest_id", (order) => order.asc().nullsLast())
    .executeTakeFirst();
  if (row === undefined) return null;
  const first = row.by_link !== null && row.first_guest === browser;
  const own = addressMac !== null && row.address_mac.equals(addressMac);
  // An account is nobody else's registrant by having opened a link that was passed on.
  if (caller.kind === "account" && !own && !first) return null;
  const { name, organisation } = openPerson(keys, row);
  return {
    ...{ registrationId: row.id, displayName: name, affiliation: organisation },
    proved: caller.kind === "account" ? own : row.by_code !== null || first,
  };
}

function browserOf(caller: Caller): string | null {
  if (caller.kind === "guest") return caller.guestId;
  return caller.kind === "account" || caller.kind === "limited" ? (caller.browser ?? null) : null;
}

/** Whether a code goes to this address because it is registered. */
export async function isRegisteredAddress(
  { db, keys }: { readonly db: Db; readonly keys: Keys },
  meetingId: string,
  address: string,
): Promise<boolean> {
  const row = await db
    .selectFrom("registration")
    .select("id")
    .where("meeting_id", "=", meetingId)
    .where("address_mac", "=", macOfAddress(keys, address))
    .where("state", "=", "registered")
    .executeTakeFirst();
  return row !== undefined;
}
