/** A filter as a condition of the query for users, so that a look-up of one person does not read them all. */
import { sql, type RawBuilder } from "kysely";
import type { AttributePath, Comparison, Filter, FilterValue } from "./filter.ts";
import { ScimError } from "./scim-error.ts";
import { urns } from "./urns.ts";

type Condition = RawBuilder<boolean>;
type Column = { readonly kind: "text" | "exact" | "boolean" | "time"; readonly value: RawBuilder<unknown> };

const columns: Readonly<Record<string, Column>> = {
  id: { kind: "exact", value: sql`account.id::text` },
  username: { kind: "text", value: sql`coalesce(user_name, email)` },
  externalid: { kind: "exact", value: sql`external_id` },
  displayname: { kind: "text", value: sql`display_name` },
  "name.formatted": { kind: "text", value: sql`display_name` },
  emails: { kind: "text", value: sql`email` },
  "emails.value": { kind: "text", value: sql`email` },
  "emails.type": { kind: "text", value: sql`'work'::text` },
  "emails.primary": { kind: "boolean", value: sql`true` },
  active: { kind: "boolean", value: sql`(disabled_at is null)` },
  "meta.created": { kind: "time", value: sql`created_at` },
  "meta.lastmodified": {
    kind: "time",
    value: sql`greatest(account.changed_at, directory_user.changed_at)`,
  },
};

/** Throws `invalidFilter` for what cannot be asked. */
export function userCondition(filter: Filter, within: string | null = null): Condition {
  switch (filter.kind) {
    case "and":
      return sql`(${userCondition(filter.left, within)} and ${userCondition(filter.right, within)})`;
    case "or":
      return sql`(${userCondition(filter.left, within)} or ${userCondition(filter.right, within)})`;
    case "not":
      return sql`(not ${userCondition(filter.filter, within)})`;
    case "some":
      return userCondition(filter.filter, filter.path.name);
    case "present":
      return sql`(${columnOf(filter.path, within).value} is not null)`;
    case "compare":
      return comparison(columnOf(filter.path, within), filter.op, filter.value);
  }
}

function columnOf({ schema, name, sub }: AttributePath, within: string | null): Column {
  const isOurs = schema === null || schema === urns.user.toLowerCase();
  const key = within === null ? (sub === null ? name : `${name}.${sub}`) : `${within}.${name}`;
  const column = isOurs ? columns[key] : undefined;
  if (column === undefined || !Object.hasOwn(columns, key)) throw notAsked();
  return column;
}

function notAsked(): ScimError {
  return new ScimError(400, "invalidFilter", "Users are not filtered by this.");
}

function comparison(column: Column, op: Comparison, value: FilterValue): Condition {
  if (value === null) {
    if (op === "eq") return sql`(${column.value} is null)`;
    if (op === "ne") return sql`(${column.value} is not null)`;
    throw notAsked();
  }
  if (op === "ne") return sql`(not ${comparison(column, "eq", value)})`;
  if (column.kind === "boolean") {
    if (typeof value !== "boolean" || op !== "eq") throw notAsked();
    return sql`(${column.value} = ${value})`;
  }
  if (typeof value !== "string") throw notAsked();
  if (column.kind === "time") return timed(column, op, value);
  const [left, right] =
    column.kind === "exact"
      ? [sql`coalesce(${column.value}, '')`, sql`${value}::text`]
      : [sql`lower(coalesce(${column.value}, ''))`, sql`lower(${value}::text)`];
  return textual(left, op, right);
}

function textual(left: RawBuilder<unknown>, op: Comparison, right: RawBuilder<unknown>): Condition {
  switch (op) {
    case "eq":
      return sql`(${left} = ${right})`;
    case "co":
      return sql`(strpos(${left}, ${right}) > 0)`;
    case "sw":
      return sql`starts_with(${left}, ${right})`;
    case "ew":
      return sql`(right(${left}, char_length(${right})) = ${right})`;
    case "gt":
      return sql`(${left} collate "C" > ${right})`;
    case "ge":
      return sql`(${left} collate "C" >= ${right})`;
    case "lt":
      return sql`(${left} collate "C" < ${right})`;
    case "le":
      return sql`(${left} collate "C" <= ${right})`;
    case "ne":
      return sql`(${left} <> ${right})`;
  }
}

const times = { eq: sql`=`, gt: sql`>`, ge: sql`>=`, lt: sql`<`, le: sql`<=` } as const;

function timed({ value: column }: Column, op: Comparison, value: string): Condition {
  const at = /^\d{4}-\d{2}-\d{2}T[\d:.]{5,12}(?:Z|[+-]\d{2}:\d{2})$/u.test(value)
    ? Date.parse(value)
    : Number.NaN;
  if (Number.isNaN(at) || !(op in times)) throw notAsked();
  const sign = op === "eq" || op === "gt" || op === "ge" || op === "lt" || op === "le" ? times[op] : sql`=`;
  return sql`(date_trunc('milliseconds', ${column}) ${sign} ${new Date(at)})`;
}
