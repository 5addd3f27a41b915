/** Which version of the rules changed what in the classes, when and by whom (CNF-2). */
import type { OrganisationClasses } from "@sekisho/contract";
import { classesWith, confidentialities, policyFields, type Classes, type ClassRules } from "@sekisho/domain";
import type { OrganisationDeps } from "./organisation-deps.ts";

type VersionView = OrganisationClasses["versions"][number];
type Changed = VersionView["changed"];

/** Newest first; versions that changed other rules are not among them. */
export async function classVersions(
  { db, apart }: Pick<OrganisationDeps, "db" | "apart">,
  readerId: string,
): Promise<VersionView[]> {
  const rows = await db
    .selectFrom("organisation_rules_version")
    .selectAll()
    .orderBy("version", "desc")
    .limit(200)
    .execute();
  const isApart = await apart();
  const named = rows.flatMap(({ actor }) => (actor.kind === "account" ? [actor.id] : []));
  const names = await namesOf(
    db,
    named.filter((id) => !isApart(readerId, id)),
  );
  const versions = rows.map(({ version, at, actor, rules }, index): VersionView => {
    const before = rows[index + 1]?.rules.classes ?? {};
    return {
      version,
      at: at.getTime(),
      by: actor.kind === "account" ? (names.get(actor.id) ?? null) : null,
      changed: difference(classesWith(before), classesWith(rules.classes ?? {})),
    };
  });
  return versions.filter(({ changed }) => changed.length > 0).slice(0, 50);
}

function difference(before: Classes, after: Classes): Changed {
  return confidentialities.flatMap((level) => changesIn(before[level], after[level], level));
}

function changesIn(before: ClassRules, after: ClassRules, level: Changed[number]["level"]): Changed {
  const of = (part: "lock" | "default", was: ClassRules["locks"], is: ClassRules["locks"]): Changed =>
    policyFields.filter((field) => was[field] !== is[field]).map((field) => ({ level, part, field }));
  const words = before.definition.ja !== after.definition.ja || before.definition.en !== after.definition.en;
  return [
    ...of("lock", before.locks, after.locks),
    ...of("default", before.defaults, after.defaults),
    ...(words ? [{ level, part: "definition" as const, field: null }] : []),
  ];
}

async function namesOf(
  db: OrganisationDeps["db"],
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("account")
    .select(["id", "display_name"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row.display_name]));
}
