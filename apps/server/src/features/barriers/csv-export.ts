/** Policies, groups and members as tables that can be read in again. */
import { flagsOf, id, type BarrierModel } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { directoryOf } from "./barrier-directory.ts";

export type CsvTable = "policies" | "groups" | "members";

export const csvColumns = {
  policies: ["group_a", "group_b", "name", "enabled", "flags"],
  groups: ["name", "domains"],
  members: ["email", "display_name", "group", "primary"],
} as const satisfies Record<CsvTable, readonly string[]>;

export const yes = "yes";
const no = "no";

export async function csvRowsOf(
  db: Db,
  model: BarrierModel,
  what: CsvTable,
): Promise<readonly (readonly string[])[]> {
  return [csvColumns[what], ...(await rowsOf(db, model, what))];
}

async function rowsOf(db: Db, model: BarrierModel, what: CsvTable): Promise<readonly (readonly string[])[]> {
  const { groups } = directoryOf(model);
  if (what === "groups") return groups.map(({ name, domains }) => [name, domains.join(";")]);
  if (what === "members") return memberRows(db, model);
  const nameOf = new Map(groups.map((group) => [group.id, group.name]));
  return [...model.policies.values()].map(({ a, b, name, enabled, mask }) => [
    ...[nameOf.get(a) ?? "", nameOf.get(b) ?? "", name],
    ...[enabled ? yes : no, flagsOf(mask).join(";")],
  ]);
}

async function memberRows(db: Db, model: BarrierModel): Promise<readonly (readonly string[])[]> {
  const accounts = await db
    .selectFrom("account")
    .select(["id", "email", "display_name"])
    .orderBy("email")
    .execute();
  return accounts.flatMap((account) => {
    const person = model.people.get(id.account(account.id));
    return (person?.groups ?? []).map((groupId) => [
      ...[account.email, account.display_name, model.groups.get(groupId)?.name ?? ""],
      groupId === person?.primary ? yes : no,
    ]);
  });
}
