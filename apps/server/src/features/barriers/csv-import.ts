/** A table into edits. Nothing is written; a line that does not fit is named, and the others are read all the same. */
import type { BarrierEdit } from "@sekisho/contract";
import { barrierFlags, groupNameKey, pairKey, type BarrierModel, type GroupId } from "@sekisho/domain";
import { newId } from "../../platform/random.ts";
import { csvColumns, type CsvTable } from "./csv-export.ts";
import { parseCsv, type CsvRow } from "../../platform/csv.ts";

export type CsvProblem = { readonly line: number; readonly column: string; readonly code: CsvProblemCode };
export type CsvProblemCode =
  | "missing"
  | "unknown_group"
  | "unknown_person"
  | "unknown_flag"
  | "duplicate"
  | "too_long"
  | "not_a_choice"
  | "two_primaries";

export type CsvRead = { readonly edits: readonly BarrierEdit[]; readonly problems: readonly CsvProblem[] };

export type CsvDirectory = {
  /** Account ids by address in lower case. */
  readonly accounts: ReadonlyMap<string, string>;
};

export function readCsv(what: CsvTable, csv: string, model: BarrierModel, directory: CsvDirectory): CsvRead {
  const [head, ...rows] = parseCsv(csv);
  const reading = new Reading(model, head?.cells ?? []);
  for (const column of csvColumns[what])
    if (!reading.has(column) && needed.has(column)) reading.problem(1, column, "missing");
  if (reading.problems.length > 0) return { edits: [], problems: reading.problems };
  const edits =
    what === "policies"
      ? policyEdits(reading, rows)
      : what === "groups"
        ? groupEdits(reading, rows)
        : memberEdits(reading, rows, directory);
  return { edits, problems: reading.problems };
}

/** Without these a table says nothing; `groups` has its name as well. */
const needed = new Set<string>(["group_a", "group_b", "flags", "email", "group", "domains"]);

class Reading {
  readonly model: BarrierModel;
  readonly problems: CsvProblem[] = [];
  readonly groups: ReadonlyMap<string, GroupId>;
  readonly #columns: ReadonlyMap<string, number>;

  constructor(model: BarrierModel, head: readonly string[]) {
    this.model = model;
    this.groups = new Map([...model.groups.values()].map(({ name, id }) => [groupNameKey(name), id]));
    this.#columns = new Map(head.map((name, index) => [name.toLowerCase(), index]));
  }

  has(column: string): boolean {
    return this.#columns.has(column);
  }

  cell(row: CsvRow, column: string): string {
    return row.cells[this.#columns.get(column) ?? -1] ?? "";
  }

  problem(line: number, column: string, code: CsvProblemCode): null {
    this.problems.push({ line, column, code });
    return null;
  }

  group(row: CsvRow, column: string): GroupId | null {
    const name = this.cell(row, column);
    if (name === "") return this.problem(row.line, column, "missing");
    return this.groups.get(groupNameKey(name)) ?? this.problem(row.line, column, "unknown_group");
  }

  choice(row: CsvRow, column: string, otherwise: boolean): boolean | null {
    const text = this.cell(row, column).toLowerCase();
    if (text === "") return otherwise;
    if (["yes", "y", "true", "on", "1", "はい"].includes(text)) return true;
    if (["no", "n", "false", "off", "0", "いいえ"].includes(text)) return false;
    return this.problem(row.line, column, "not_a_choice");
  }
}

function listOf(text: string): readonly string[] {
  return text
    .split(/[;\s]+/u)
    .map((one) => one.toLowerCase())
    .filter((one) => one !== "");
}

function policyEdits(reading: Reading, rows: readonly CsvRow[]): readonly BarrierEdit[] {
  const known = new Map([...reading.model.policies.values()].map((one) => [pairKey(one.a, one.b), one]));
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const a = reading.group(row, "group_a");
    const b = reading.group(row, "group_b");
    const enabled = reading.choice(row, "enabled", true);
    const asked = listOf(reading.cell(row, "flags"));
    const flags = barrierFlags.filter((flag) => asked.includes(flag));
    if (flags.length !== new Set(asked).size) return reading.problem(row.line, "flags", "unknown_flag") ?? [];
    if (a === null || b === null || enabled === null) return [];
    const key = pairKey(a, b);
    if (seen.has(key)) return reading.problem(row.line, "group_b", "duplicate") ?? [];
    seen.add(key);
    const before = known.get(key);
    const name = reading.cell(row, "name");
    if (name.length > 128) return reading.problem(row.line, "name", "too_long") ?? [];
    const sides = before === undefined ? { a, b } : { a: before.a, b: before.b };
    return [{ type: "policy.put", policyId: before?.id ?? newId(), name, ...sides, enabled, flags }];
  });
}

const domainForm = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/u;

function groupEdits(reading: Reading, rows: readonly CsvRow[]): readonly BarrierEdit[] {
  const seen = new Set<string>();
  return rows.flatMap((row) => {
    const name = reading.cell(row, "name");
    if (name === "") return reading.problem(row.line, "name", "missing") ?? [];
    if (name.length > 128) return reading.problem(row.line, "name", "too_long") ?? [];
    const key = groupNameKey(name);
    if (seen.has(key)) return reading.problem(row.line, "name", "duplicate") ?? [];
    seen.add(key);
    const domains = listOf(reading.cell(row, "domains"));
    if (domains.length > 100) return reading.problem(row.line, "domains", "too_long") ?? [];
    if (!domains.every((domain) => domain.length <= 253 && domainForm.test(domain)))
      return reading.problem(row.line, "domains", "not_a_choice") ?? [];
    const groupId = reading.groups.get(key) ?? newId();
    return [{ type: "group.put", groupId, name, domains: [...new Set(domains)] }];
  });
}

type Person = { readonly line: number; readonly groups: GroupId[]; readonly primaries: GroupId[] };

/** Whoever is named is in exactly the groups that the table names; nobody else is touched. */
function memberEdits(
  reading: Reading,
  rows: readonly CsvRow[],
  directory: CsvDirectory,
): readonly BarrierEdit[] {
  const people = new Map<string, Person>();
  const bad = new Set<string>();
  for (const row of rows) {
    const email = reading.cell(row, "email").toLowerCase();
    const accountId = directory.accounts.get(email);
    const groupId = reading.group(row, "group");
    const primary = reading.choice(row, "primary", false);
    if (accountId === undefined) {
      reading.problem(row.line, "email", email === "" ? "missing" : "unknown_person");
      continue;
    }
    if (groupId === null || primary === null) {
      bad.add(accountId);
      continue;
    }
    const person = people.get(accountId) ?? { line: row.line, groups: [], primaries: [] };
    if (person.groups.includes(groupId)) reading.problem(row.line, "group", "duplicate");
    else person.groups.push(groupId);
    if (primary) person.primaries.push(groupId);
    people.set(accountId, person);
  }
  return [...people].flatMap(([accountId, person]) =>
    bad.has(accountId) ? [] : personEdit(reading, accountId, person),
  );
}

/** Who is in one group only has it as the primary one; of several, the table has to say which. */
function personEdit(
  reading: Reading,
  accountId: string,
  { line, groups, primaries }: Person,
): readonly BarrierEdit[] {
  const [first, second] = primaries;
  if (second !== undefined) return reading.problem(line, "primary", "two_primaries") ?? [];
  if (groups.length > 50) return reading.problem(line, "group", "too_long") ?? [];
  const primary = first ?? (groups.length === 1 ? groups[0] : undefined);
  if (primary === undefined) return reading.problem(line, "primary", "missing") ?? [];
  return [{ type: "person.put", accountId, groups, primary }];
}
