/** What the organisation has set and locked, since when and by whom: for its administrators (AUD-3). */
import type { OrganisationSettingRow, StoredRules } from "@sekisho/contract";
import { classesWith } from "@sekisho/domain";
import type { OwnSettingsDeps } from "./own-settings-deps.ts";

type Version = { readonly at: number; readonly by: string | null; readonly rules: StoredRules };

const defaultIds = [
  "confidentiality",
  "durationMinutes",
  "muteOnEntry",
  "hostVideo",
  "participantVideo",
] as const;
const lockIds = [
  "passcodeRequired",
  "waitingRoom",
  "joinBeforeHost",
  "muteOnEntry",
  "visibility",
  "whoMayJoin",
  "screenShare",
  "chat",
] as const;

export async function organisationSettingRows(
  deps: OwnSettingsDeps,
  readerId: string,
): Promise<OrganisationSettingRow[]> {
  const versions = await versionsOf(deps);
  const names = await namesFor(deps, readerId, versions);
  const row = (
    kind: OrganisationSettingRow["kind"],
    id: OrganisationSettingRow["id"],
    read: (rules: StoredRules) => OrganisationSettingRow["value"],
  ): OrganisationSettingRow => {
    const { value, at, by } = lastChange(versions, read);
    const standard = value === read(deps.standard);
    return { kind, id, value, standard, since: at, by: by === null ? null : (names.get(by) ?? null) };
  };
  return [
    ...defaultIds.map((id) => row("default", id, (rules) => rules.defaults[id])),
    ...lockIds.map((id) => row("lock", id, (rules) => rules.locks[id] ?? null)),
    row("rule", "screenShareAtMedium", sharesAtMedium),
  ];
}

function sharesAtMedium({ classes }: StoredRules): boolean {
  return classesWith(classes ?? {}).medium.locks.screenShare !== "nobody";
}

/** Oldest first; an organisation that never changed its rules has had them since it began. */
async function versionsOf({ db }: OwnSettingsDeps): Promise<readonly Version[]> {
  const [organisation, rows] = await Promise.all([
    db.selectFrom("organisation").select(["rules", "created_at"]).executeTakeFirstOrThrow(),
    db.selectFrom("organisation_rules_version").selectAll().orderBy("version").execute(),
  ]);
  if (rows.length === 0)
    return [{ at: organisation.created_at.getTime(), by: null, rules: organisation.rules }];
  return rows.map(({ at, actor, rules }) => ({
    at: at.getTime(),
    by: actor.kind === "account" ? actor.id : null,
    rules,
  }));
}

type Read = (rules: StoredRules) => OrganisationSettingRow["value"];

function lastChange(versions: readonly Version[], read: Read) {
  const [first, ...later] = versions;
  if (first === undefined) throw new Error("an organisation has rules");
  let last = { value: read(first.rules), at: first.at, by: first.by };
  for (const { at, by, rules } of later)
    if (read(rules) !== last.value) last = { value: read(rules), at, by };
  return last;
}

async function namesFor(
  { db, apart }: OwnSettingsDeps,
  readerId: string,
  versions: readonly Version[],
): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(versions.flatMap(({ by }) => (by === null ? [] : [by])))];
  if (ids.length === 0) return new Map();
  const hidden = await apart();
  const rows = await db.selectFrom("account").select(["id", "display_name"]).where("id", "in", ids).execute();
  return new Map(rows.filter(({ id }) => !hidden(readerId, id)).map((row) => [row.id, row.display_name]));
}
