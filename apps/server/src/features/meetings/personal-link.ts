/** MTG-8: a personal link that somebody from outside has used is not good for the next meeting. */
import { newId, newPasscode } from "../../platform/random.ts";
import { callOff } from "./invitations/message-store.ts";
import type { MeetingsDeps } from "./meetings-deps.ts";
import { passcodeColumns } from "./passcode.ts";

/** A new personal link, and new passcodes for the account's personal meetings; the number stays. */
export async function renewPersonalLink(deps: MeetingsDeps, accountId: string): Promise<void> {
  const changed = await deps.db.transaction().execute(async (trx) => {
    const rows = await trx
      .selectFrom("meeting")
      .selectAll()
      .where("host_id", "=", accountId)
      .where("cancelled_at", "is", null)
      .orderBy("id")
      .forUpdate()
      .execute();
    const personal = rows.filter((row) => row.settings.meetingNumber === "personal");
    const live = await trx
      .selectFrom("meeting_instance")
      .select("id")
      .where("phase", "=", "live")
      .where("meeting_id", "in", [accountId, ...personal.map((row) => row.id)])
      .executeTakeFirst();
    // Somebody is in another one by this link: it is renewed when that one ends.
    if (live !== undefined) return [];
    await trx.updateTable("account").set({ personal_link: newId() }).where("id", "=", accountId).execute();
    for (const row of personal) {
      // The old link is in them, too.
      await callOff(trx, row.id, "all");
      await trx
        .updateTable("meeting")
        .set({
          ...passcodeColumns(deps.keys, row.id, newPasscode()),
          version: row.version + 1,
          sequence: row.sequence + 1,
        })
        .where("id", "=", row.id)
        .execute();
    }
    await deps.log.append(trx, {
      type: "personalLink.renewed",
      actor: { kind: "server" },
      data: { accountId, meetingIds: personal.map((row) => row.id) },
    });
    return personal;
  });
  for (const row of changed) deps.onMeetingChanged(row.id);
}
