import { sql, type Kysely } from "kysely";

/** What devices hand each other about their keys (ENC-2), sealed with the instance's content key, gone with it (DAT-3). */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table key_package (
      instance_id text not null references meeting_instance,
      group_name text not null,
      admission_id text not null,
      digest text not null,
      sealed bytea not null,
      primary key (instance_id, group_name, admission_id)
    );
    create table key_commit (
      instance_id text not null references meeting_instance,
      group_name text not null,
      digest text not null,
      sealed bytea not null,
      sealed_welcome bytea,
      primary key (instance_id, group_name, digest)
    );
  `.execute(db);
}
