import { sql, type Kysely } from "kysely";

/**
 * The newest head of the organisation's chain with a MAC whose key is not in the database: who rewrites the whole
 * chain cannot make a head that fits. And which heads of instances the organisation's chain has recorded (AUD-1).
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table chain_head (
      chain text primary key,
      seq bigint not null,
      hash bytea not null,
      mac bytea not null
    );
    create table instance_anchor (
      instance_id text primary key,
      seq integer not null
    );
  `.execute(db);
}
