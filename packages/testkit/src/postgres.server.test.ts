import { existsSync } from "node:fs";
import { Client } from "pg";
import { expect, test } from "vitest";
import { startPostgres } from "./postgres.ts";

async function query(connectionString: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

test("each test file gets a database of its own, and nothing stays behind", async () => {
  let folder = "";
  {
    await using postgres = await startPostgres();
    folder = postgres.dataDir;
    const first = await postgres.createDatabase();
    await query(first.adminConnectionString, "create table note as select 1 as n");
    const copy = await postgres.createDatabase(first);
    const other = await postgres.createDatabase();
    expect(await query(copy.adminConnectionString, "select n from note")).toEqual([{ n: 1 }]);
    await expect(query(other.adminConnectionString, "select n from note")).rejects.toThrow("does not exist");
  }
  expect(existsSync(folder)).toBe(false);
});

test("the server's role owns nothing and cannot make anything", async () => {
  await using postgres = await startPostgres();
  const database = await postgres.createDatabase();
  await query(database.adminConnectionString, "create table note (n int)");
  await expect(query(database.connectionString, "create table mine (n int)")).rejects.toThrow(
    "permission denied",
  );
  await expect(query(database.connectionString, "drop table note")).rejects.toThrow("must be owner");
  await expect(query(database.connectionString, "select * from note")).rejects.toThrow("permission denied");
});
