import { sql, type Kysely } from "kysely";

/** Meetings that were scheduled before these could be chosen have none of them (INV-4, INV-5, INV-6, IDN-4). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    update meeting set settings =
      '{"agreement": false, "guestProof": "none", "nameRule": "free", "registration": "none"}'::jsonb || settings;
  `.execute(db);
}
