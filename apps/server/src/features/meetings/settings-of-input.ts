/** Between the form's fields and the settings that are kept (MTG-1). */
import type { MeetingInput } from "@sekisho/contract";
import { id, readPhone, type Apart, type Invitee, type MeetingSettings } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { readAddress, sameMailbox } from "../../platform/mail/address.ts";
import { peopleByIds, type MeetingRow } from "./meeting-rows.ts";

/** Who schedules, and whom a barrier keeps from whom: people whom the host cannot meet are unknown here (BAR-14). */
export type Scheduler = { readonly hostId: string; readonly isApart: Apart };

/** Throws `unknown_account` where a co-host or verifier is no active account. */
export async function settingsOfInput(
  db: Db,
  input: MeetingInput,
  { hostId, isApart }: Scheduler,
): Promise<MeetingSettings> {
  const { start: _start, timeZone: _zone, durationMinutes: _length, recurrence: _rule, ...rest } = input;
  const coHosts = [...new Set(input.coHosts)].filter((accountId) => accountId !== hostId);
  const named = [...coHosts, ...(input.verifier === null ? [] : [input.verifier])];
  const people = await peopleByIds(db, named);
  const unknown = named.filter(
    (accountId) => people.get(accountId)?.disabled_at !== null || isApart(hostId, accountId),
  );
  if (unknown.length > 0) throw new HttpError("unknown_account", { details: [...new Set(unknown)] });
  return {
    ...rest,
    allowedDomains: [...new Set(input.allowedDomains)],
    coHosts: coHosts.map(id.account),
    verifier: input.verifier === null ? null : id.account(input.verifier),
    invitees: await withAccounts(db, input.invitees, (accountId) => isApart(hostId, accountId)),
  };
}

/** An address of the organisation's own accounts is that account, whatever name was typed beside it. */
async function withAccounts(
  db: Db,
  invitees: MeetingInput["invitees"],
  isHidden: (accountId: string) => boolean,
): Promise<readonly Invitee[]> {
  const byAddress = new Map(invitees.map((invitee) => [invitee.email.toLowerCase(), invitee]));
  if (byAddress.size === 0) return [];
  const rows = await db
    .selectFrom("account")
    .select(["id", sql<string>`lower(email)`.as("address")])
    .where(sql`lower(email)`, "in", [...byAddress.keys()])
    .where("disabled_at", "is", null)
    .execute();
  const known = rows.filter((row) => !isHidden(row.id));
  const accounts = new Map(known.map((row) => [row.address, row.id]));
  return [...byAddress].map(([address, invitee]) => {
    const accountId = accounts.get(address);
    const { name, organisation, email, locale = null } = invitee;
    return {
      ...{ name, organisation, email, locale, ...secondWays(invitee) },
      accountId: accountId === undefined ? null : id.account(accountId),
    };
  });
}

/** Throws `bad_request`: no number, or no other address than the one that the link goes to (INV-1). */
function secondWays({ email, secondEmail = null, phone = null }: MeetingInput["invitees"][number]) {
  if (secondEmail !== null && (readAddress(secondEmail) === null || sameMailbox(email, secondEmail)))
    throw new HttpError("bad_request", { fields: ["invitees.secondEmail"] });
  const number = phone === null || phone === "" ? null : readPhone(phone);
  if (number === null && phone !== null && phone !== "")
    throw new HttpError("bad_request", { fields: ["invitees.phone"] });
  return { secondEmail, phone: number };
}

/**
 * Throws `cannot_be_invited_together`, which names nobody: any two whom a barrier keeps apart (Q58). Two who were both
 * there before the barrier are not this save's doing: one of them is refused at the door.
 */
export function requireTogether(
  settings: MeetingSettings,
  isApart: Apart,
  before: MeetingSettings | null = null,
): void {
  const people = accountsOf(settings);
  const already = new Set<string>(before === null ? [] : accountsOf(before));
  const isNew = (one: string, other: string) => !already.has(one) || !already.has(other);
  const clash = people.some((one, index) =>
    people.slice(index + 1).some((other) => isNew(one, other) && isApart(one, other)),
  );
  if (clash) throw new HttpError("cannot_be_invited_together");
}

function accountsOf({ coHosts, verifier, invitees }: MeetingSettings) {
  const accounts = invitees.flatMap((invitee) => invitee.accountId ?? []);
  return [...new Set([...coHosts, ...(verifier === null ? [] : [verifier]), ...accounts])];
}

export function inputOfRow(row: MeetingRow, invitees = row.settings.invitees): MeetingInput {
  const { madeWith: _madeWith, ...settings } = row.settings;
  return {
    ...settings,
    allowedDomains: [...settings.allowedDomains],
    coHosts: [...settings.coHosts],
    invitees: invitees.map(({ accountId: _account, ...invitee }) => invitee),
    start: row.start_local,
    timeZone: row.time_zone,
    durationMinutes: row.duration_minutes,
    recurrence: row.recurrence,
  };
}
