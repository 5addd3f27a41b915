/** Registrations as they are kept: what a person wrote is sealed, the link is derived and only its hash is stored. */
import { registrationStates, type Answer, type RegistrationState } from "@sekisho/domain";
import type { RegistrationCounts } from "@sekisho/contract";
import type { Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { hashToken } from "../../platform/random.ts";
import { registrationPerson } from "./registration-person.ts";

export type RegistrationRow = Selectable<Database["registration"]>;
export type FormRow = Selectable<Database["registration_form"]>;

export type RegistrationPerson = {
  readonly name: string;
  readonly organisation: string;
  readonly email: string;
  readonly answers: readonly Answer[];
};

export function sealPerson(keys: Keys, registrationId: string, person: RegistrationPerson): Buffer {
  return keys.seal("registration", Buffer.from(JSON.stringify(person)), registrationId);
}

export function openPerson(
  keys: Keys,
  { id, sealed }: Pick<RegistrationRow, "id" | "sealed">,
): RegistrationPerson {
  const text = keys.open("registration", sealed, id).toString("utf8");
  return registrationPerson.parse(JSON.parse(text));
}

/**
 * The personal link's secret part: 256 bits that only the server's key makes. It is not stored, so that a copy of the
 * database holds nobody's link, and can be sent again, because it is the same as before.
 */
export function linkToken(keys: Keys, id: string, generation: number): string {
  return keys.mac("registration-link", `${id}\n${generation}`).toString("base64url");
}

export function linkHash(keys: Keys, id: string, generation: number): Buffer {
  return hashToken(linkToken(keys, id, generation));
}

/** What makes an old link good for nothing: a new one, that nobody has been sent yet. */
export function renewedLink(keys: Keys, { id, generation }: Pick<RegistrationRow, "id" | "generation">) {
  const next = generation + 1;
  return { generation: next, link_hash: linkHash(keys, id, next), first_guest: null };
}

/** Held until the commit. Throws `not_found`. */
export async function lockForm(trx: Trx, meetingId: string): Promise<FormRow> {
  const row = await trx
    .selectFrom("registration_form")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new HttpError("not_found");
  return row;
}

export async function countStates(
  db: Db,
  meetingId: string,
): Promise<ReadonlyMap<RegistrationState, number>> {
  const rows = await db
    .selectFrom("registration")
    .select(["state", (eb) => eb.fn.countAll<string>().as("count")])
    .where("meeting_id", "=", meetingId)
    .groupBy("state")
    .execute();
  const found = new Map(rows.map((row) => [row.state, Number(row.count)]));
  return new Map(registrationStates.map((state) => [state, found.get(state) ?? 0]));
}

export async function takenPlaces(db: Db, meetingId: string): Promise<number> {
  return (await countStates(db, meetingId)).get("registered") ?? 0;
}

export async function countsOf(db: Db, meetingId: string): Promise<RegistrationCounts> {
  const count = await countStates(db, meetingId);
  const of = (state: RegistrationState) => count.get(state) ?? 0;
  return {
    pending: of("pending"),
    registered: of("registered"),
    waitlisted: of("waitlisted"),
    gone: of("declined") + of("cancelled"),
  };
}
