/** From what stands in a link, or a number, to the meeting (MTG-4). Neither admits anybody by itself. */
import type { Db } from "../../platform/db/database.ts";
import type { MeetingRow } from "./meeting-rows.ts";
import { currentOccurrence } from "./schedule.ts";

export type FoundMeeting = { readonly row: MeetingRow; readonly by: "link" | "number" };

/** Unknown and cancelled meetings, and those of a disabled host's personal link, are null alike. */
export async function findMeetingByLinkOrNumber(
  db: Db,
  value: string,
  now: number = Date.now(),
): Promise<FoundMeeting | null> {
  const by = /^\d{10,11}$/u.test(value) ? "number" : "link";
  const row = (await automatic(db, value, by)) ?? (await personal(db, value, by, now));
  return row === null ? null : { row, by };
}

async function automatic(db: Db, value: string, by: "link" | "number"): Promise<MeetingRow | null> {
  const row = await db
    .selectFrom("meeting")
    .selectAll()
    .where(by, "=", value)
    .where("cancelled_at", "is", null)
    .executeTakeFirst();
  // A personal meeting is reached by its host's link alone, which is renewed; its own was never given out.
  return row === undefined || row.settings.meetingNumber === "personal" ? null : row;
}

/** Of several personal meetings of one host the one that is on, or next; when all are over, the last. */
async function personal(
  db: Db,
  value: string,
  by: "link" | "number",
  now: number,
): Promise<MeetingRow | null> {
  const rows = await db
    .selectFrom("meeting")
    .innerJoin("account", "account.id", "meeting.host_id")
    .selectAll("meeting")
    .where(by === "link" ? "account.personal_link" : "account.personal_number", "=", value)
    .where("account.disabled_at", "is", null)
    .where("meeting.cancelled_at", "is", null)
    .orderBy("meeting.first_start", "desc")
    .execute();
  const own = rows.filter((row) => row.settings.meetingNumber === "personal");
  const live = await liveAmong(db, own);
  if (live !== undefined) return live;
  const dated = own.flatMap((row) => {
    const next = currentOccurrence(row, now);
    return next === null ? [] : [{ row, startsAt: next.startsAt }];
  });
  const soonest = dated.toSorted((a, b) => a.startsAt - b.startsAt)[0]?.row;
  return soonest ?? own[0] ?? null;
}

/** People who are in a meeting stay in reach of it, whatever else its host has planned meanwhile. */
async function liveAmong(db: Db, rows: readonly MeetingRow[]): Promise<MeetingRow | undefined> {
  if (rows.length === 0) return undefined;
  const live = await db
    .selectFrom("meeting_instance")
    .select("meeting_id")
    .where("phase", "=", "live")
    .where(
      "meeting_id",
      "in",
      rows.map((row) => row.id),
    )
    .executeTakeFirst();
  return rows.find((row) => row.id === live?.meeting_id);
}
