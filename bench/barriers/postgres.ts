/** PostgreSQL over its socket: the same tables as for SQLite, prepared statements, one question at a time. */
import pg from "pg";
import { startPostgres } from "../../packages/testkit/src/postgres.ts";
import { noGroup, writtenOut, type Contender } from "./contender.ts";
import type { World } from "./world.ts";

const schema = `
create table person (id text primary key, team integer not null);
create table pair (low integer not null, high integer not null, mask integer not null, primary key (low, high));
create table inside (room integer not null, team integer not null, primary key (room, team));`;

const pairSql = `select pair.mask from person a, person b, pair where a.id = $1 and b.id = $2
and low = least(a.team, b.team) and high = greatest(a.team, b.team)`;
const roomSql = `select exists (select 1 from person, inside, pair where person.id = $1 and inside.room = $2
and low = least(person.team, inside.team) and high = greatest(person.team, inside.team) and mask & 1 = 1) as blocked`;

export async function openPostgres(world: World): Promise<Contender> {
  const postgres = await startPostgres();
  const database = await postgres.createDatabase();
  const client = new pg.Client({ connectionString: database.adminConnectionString });
  await client.connect();
  await client.query(schema);
  const number = new Map<string, number>([
    [noGroup, 0],
    ...world.groups.map((one, at) => [one, at + 1] as const),
  ]);
  await inSlices(world.people.length, (from, to) =>
    client.query("insert into person select * from unnest($1::text[], $2::integer[])", [
      world.people.slice(from, to),
      [...world.groupOf.slice(from, to)].map((group) => group + 1),
    ]),
  );
  const rows = writtenOut(world).map(
    ([a, b, mask]) => [number.get(a) ?? 0, number.get(b) ?? 0, mask] as const,
  );
  let rooms = 0;
  const { rows: server } = await client.query<{ server_version: string }>("show server_version");
  return {
    tells: "mask",
    isAsync: true,
    version: server[0]?.server_version ?? "",
    async load() {
      await inSlices(rows.length, (from, to) => {
        const slice = rows.slice(from, to);
        return client.query(
          "insert into pair select * from unnest($1::integer[], $2::integer[], $3::integer[])",
          [
            slice.map(([one, other]) => Math.min(one, other)),
            slice.map(([one, other]) => Math.max(one, other)),
            slice.map(([, , mask]) => mask),
          ],
        );
      });
      await client.query("analyze");
    },
    async pair(a, b) {
      const { rows: found } = await client.query<{ mask: number }>({
        name: "pair",
        text: pairSql,
        values: [a, b],
      });
      return found[0]?.mask ?? 0;
    },
    async room(inside) {
      rooms += 1;
      const room = rooms;
      const sql = "insert into inside select distinct $1::integer, team from person where id = any($2)";
      await client.query(sql, [room, inside]);
      return async (asking) => {
        const values = [asking, room];
        const { rows: found } = await client.query<{ blocked: boolean }>({
          name: "room",
          text: roomSql,
          values,
        });
        return found[0]?.blocked === false;
      };
    },
    async [Symbol.asyncDispose]() {
      await client.end();
      await postgres.stop();
    },
  };
}

async function inSlices(
  count: number,
  insert: (from: number, to: number) => Promise<unknown>,
): Promise<void> {
  for (let from = 0; from < count; from += 50_000) await insert(from, Math.min(count, from + 50_000));
}
