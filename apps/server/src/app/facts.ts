/** Facts just tested, for the set-up page and for readiness: each with its time, none claimed (ui.md §1, 4). */
import type { Sfu } from "../sfu/sfu.ts";
import type { DatabaseHandle } from "../platform/db/database.ts";
import { tryRemoval } from "../sfu/try-removal.ts";

export type Fact = {
  readonly name: "database" | "media" | "https" | "clock" | "removal";
  readonly ok: boolean;
  /** ms of the answer, or for https: `loopback` or `https`. */
  readonly value: string;
  readonly at: number;
};

export type FactDeps = {
  readonly database: DatabaseHandle;
  readonly sfu: Sfu;
  readonly origin: () => string;
};

export async function testFacts(deps: FactDeps): Promise<readonly Fact[]> {
  const database = await timed("database", () => deps.database.pool.query("select 1"));
  const media = await timed("media", () => deps.sfu.listRooms());
  const removal = await timed("removal", () => tryRemoval(deps.sfu));
  const secure = deps.origin().startsWith("https:");
  const loopback = /^http:\/\/(?:localhost|127\.|\[::1\])/u.test(deps.origin());
  const https: Fact = {
    name: "https",
    ok: secure || loopback,
    value: secure ? "https" : "loopback",
    at: Date.now(),
  };
  return [database, media, removal, https, await clockFact(deps.database)];
}

async function timed(name: Fact["name"], work: () => Promise<unknown>): Promise<Fact> {
  const started = performance.now();
  try {
    await work();
    return { name, ok: true, value: String(Math.round(performance.now() - started)), at: Date.now() };
  } catch {
    return { name, ok: false, value: "", at: Date.now() };
  }
}

/** Difference between this process's clock and the database's, in ms; more than two seconds spoils times in the log. */
async function clockFact(database: DatabaseHandle): Promise<Fact> {
  try {
    const before = Date.now();
    const { rows } = await database.pool.query<{ now: Date }>("select clock_timestamp() as now");
    const offset = Math.abs((rows[0]?.now.getTime() ?? 0) - (before + Date.now()) / 2);
    return { name: "clock", ok: offset < 2000, value: String(Math.round(offset)), at: Date.now() };
  } catch {
    return { name: "clock", ok: false, value: "", at: Date.now() };
  }
}
