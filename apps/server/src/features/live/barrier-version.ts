/** Which version of the information barriers is in force, asked of the database at the moment it counts (BAR-10). */
import type { Pool } from "pg";

export async function readBarrierVersion(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ version: number }>("select version from barrier_head");
  const [row] = rows;
  if (row === undefined) throw new Error("the barriers have no version");
  return row.version;
}
