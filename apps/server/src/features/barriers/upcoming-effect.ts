/** What an edit would do to meetings that are planned (BAR-11): who of their people could not be there together any more. */
import { id, type AccountId, type BarrierIndex } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";

export type UpcomingMeeting = {
  readonly meetingId: string;
  /** In the order in which they would be kept: host, co-hosts, verifier, invitees. */
  readonly people: readonly AccountId[];
};

export type UpcomingEffect = { readonly meetingId: string; readonly people: readonly AccountId[] };

export async function upcomingMeetings(db: Db, now: number): Promise<readonly UpcomingMeeting[]> {
  const { rows } = await sql<{ meeting_id: string; account_id: string }>`
    select m.id as meeting_id, a.account_id
      from meeting m join meeting_account a on a.meeting_id = m.id
     where m.cancelled_at is null and (m.last_end is null or m.last_end > ${new Date(now)})
     order by m.id, array_position(array['host', 'coHost', 'verifier', 'invitee'], a.relation), a.account_id
  `.execute(db);
  const meetings = new Map<string, Set<AccountId>>();
  for (const row of rows) {
    const people = meetings.get(row.meeting_id) ?? new Set();
    meetings.set(row.meeting_id, people.add(id.account(row.account_id)));
  }
  return [...meetings].map(([meetingId, people]) => ({ meetingId, people: [...people] }));
}

/** Those who would be left out after the edit and are not today. */
export function upcomingEffect(
  meetings: readonly UpcomingMeeting[],
  now: BarrierIndex,
  then: BarrierIndex,
): readonly UpcomingEffect[] {
  return meetings.flatMap(({ meetingId, people }) => {
    const today = new Set(leftOut(people, now));
    const fresh = leftOut(people, then).filter((one) => !today.has(one));
    return fresh.length === 0 ? [] : [{ meetingId, people: fresh }];
  });
}

/** As a sweep would (BAR-5): whoever conflicts with somebody who is kept is left out. */
function leftOut(people: readonly AccountId[], index: BarrierIndex): readonly AccountId[] {
  if (!index.on) return [];
  const kept: number[] = [];
  return people.filter((accountId) => {
    const own = index.classOfAccount(accountId);
    const blocked = kept.some((other) => index.hard(other, own));
    if (!blocked) kept.push(own);
    return blocked;
  });
}

/** BAR-8: what switching on would make of meetings that are open to people who are not signed in. */
export async function openMeetings(db: Db, now: number): Promise<{ open: number; guests: number }> {
  const { rows } = await sql<{ open: number; guests: number }>`
    select count(*) filter (where settings ->> 'visibility' = 'public')::int as open,
           count(*) filter (where settings ->> 'whoMayJoin' = 'anyoneWithLink' and exists (
             select from jsonb_array_elements(settings -> 'invitees') i where i ->> 'accountId' is null))::int as guests
      from meeting
     where cancelled_at is null and (last_end is null or last_end > ${new Date(now)})`.execute(db);
  return rows[0] ?? { open: 0, guests: 0 };
}
