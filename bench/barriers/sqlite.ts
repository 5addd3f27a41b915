/** SQLite in memory: people and pairs in tables without row ids, one prepared statement for each question. */
import { peerVersion } from "../lib/peers.ts";
import { noGroup, writtenOut, type Contender } from "./contender.ts";
import { peer } from "./unsafe.ts";
import type { World } from "./world.ts";

type Statement = {
  run(...values: readonly unknown[]): unknown;
  pluck(): Statement;
  get(...values: readonly unknown[]): unknown;
};
type Database = {
  exec(sql: string): void;
  prepare(sql: string): Statement;
  transaction(work: () => void): () => void;
  close(): void;
};
type Sqlite = new (path: string) => Database;

const schema = `
create table person (id text primary key, team integer not null) without rowid;
create table pair (low integer not null, high integer not null, mask integer not null, primary key (low, high)) without rowid;
create table inside (room integer not null, team integer not null, primary key (room, team)) without rowid;`;

const pairSql = `select pair.mask from person a, person b, pair
where a.id = ? and b.id = ? and low = min(a.team, b.team) and high = max(a.team, b.team)`;
const roomSql = `select exists (select 1 from person, inside, pair where person.id = ? and inside.room = ?
and low = min(person.team, inside.team) and high = max(person.team, inside.team) and mask & 1)`;

export function openSqlite(world: World): Contender {
  const database = new (peer<Sqlite>("better-sqlite3"))(":memory:");
  database.exec(schema);
  const number = new Map<string, number>([
    [noGroup, 0],
    ...world.groups.map((one, at) => [one, at + 1] as const),
  ]);
  const inAll = (rows: () => void) => database.transaction(rows)();
  const person = database.prepare("insert into person values (?, ?)");
  inAll(() => {
    world.people.forEach((accountId, at) => person.run(accountId, (world.groupOf[at] ?? -1) + 1));
  });
  const rows = writtenOut(world);
  const ask = database.prepare(pairSql).pluck();
  const askRoom = database.prepare(roomSql).pluck();
  let rooms = 0;
  return {
    tells: "mask",
    isAsync: false,
    version: peerVersion("better-sqlite3"),
    load() {
      const insert = database.prepare("insert into pair values (?, ?, ?)");
      inAll(() => {
        for (const [a, b, mask] of rows) {
          const [one, other] = [number.get(a) ?? 0, number.get(b) ?? 0];
          insert.run(Math.min(one, other), Math.max(one, other), mask);
        }
      });
    },
    pair: (a, b) => Number(ask.get(a, b) ?? 0),
    room(inside) {
      rooms += 1;
      const room = rooms;
      const insert = database.prepare("insert or ignore into inside select ?, team from person where id = ?");
      for (const one of inside) insert.run(room, one);
      return (asking) => askRoom.get(asking, room) === 0;
    },
    async [Symbol.asyncDispose]() {
      database.close();
    },
  };
}
