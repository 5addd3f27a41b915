/** The page of one account: what is in force, and what changed since it last looked (AUD-3). */
import type { OwnSettings } from "@sekisho/contract";
import {
  defaultsInForce,
  settingChanges,
  settingsInForce,
  type SettingLine,
  type SettingsStep,
} from "@sekisho/domain";
import { createHash } from "node:crypto";
import { canonical } from "../../platform/evidence/chain.ts";
import type { OwnSettingsDeps, Sources, Versions } from "./own-settings-deps.ts";
import { barrierRulesVersions, currentSources, inputOf, sourcesAt, type Current } from "./read-sources.ts";

export async function ownSettingsOf(deps: OwnSettingsDeps, accountId: string): Promise<OwnSettings> {
  const current = await currentSources(deps.db, accountId);
  const input = inputOf(deps, current.sources);
  const lines = settingsInForce(input);
  const seen = await firstOrLastLook(deps, accountId, current, lines);
  const steps = await stepsSince(deps, accountId, seen, current);
  const changed = new Map(settingChanges(seen.lines, steps, lines).map((change) => [change.id, change]));
  const { confidentiality, ...others } = defaultsInForce(input);
  return {
    stamp: stampOf(lines),
    seenAt: seen.seen_at?.getTime() ?? null,
    rows: lines.map((line) => {
      const change = changed.get(line.id);
      const before = change && { at: change.at, by: change.by, ...change.before };
      return { ...line, changed: before ?? null };
    }),
    defaults: { ...others, confidentiality: confidentiality === "high" ? null : confidentiality },
  };
}

/** Of everything that stood on the page: whoever confirms says with it what was seen. */
export function stampOf(lines: readonly SettingLine[]): string {
  return createHash("sha256").update(canonical(lines)).digest("hex");
}

/** Somebody who never looked has seen nothing change: the first look is what later ones are compared with. */
async function firstOrLastLook(
  { db }: OwnSettingsDeps,
  accountId: string,
  { versions }: Current,
  lines: readonly SettingLine[],
) {
  const kept = await db
    .selectFrom("settings_seen")
    .selectAll()
    .where("account_id", "=", accountId)
    .executeTakeFirst();
  if (kept !== undefined) return kept;
  const first = { account_id: accountId, seen_at: null, ...columnsOf(versions) };
  await db
    .insertInto("settings_seen")
    .values({ ...first, lines: JSON.stringify(lines) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return { ...first, lines };
}

export function columnsOf({ organisation, own, barrier }: Versions) {
  return { organisation_version: organisation, own_version: own, barrier_version: barrier };
}

type SeenVersions = ReturnType<typeof columnsOf>;

type Happening = Pick<SettingsStep, "at" | "by"> & { readonly sources: Partial<Sources> };

/** Every state between the last look and now, in the order in which the changes were made. */
async function stepsSince(
  deps: OwnSettingsDeps,
  accountId: string,
  seen: SeenVersions,
  { versions, sources: now }: Current,
): Promise<readonly SettingsStep[]> {
  const at: Versions = {
    organisation: seen.organisation_version,
    own: seen.own_version,
    barrier: seen.barrier_version,
  };
  const moved = [
    versions.organisation - at.organisation,
    versions.own - at.own,
    versions.barrier - at.barrier,
  ];
  if (moved.every((by) => by === 0)) return [];
  const happenings = await happeningsSince(deps, accountId, at);
  let sources = await sourcesAt(deps.db, accountId, at, now);
  return happenings.map((one) => {
    sources = { ...sources, ...one.sources };
    return { at: one.at, by: one.by, input: inputOf(deps, sources) };
  });
}

async function happeningsSince({ db }: OwnSettingsDeps, accountId: string, at: Versions) {
  const rules = await db
    .selectFrom("organisation_rules_version")
    .select(["at", "rules"])
    .where("version", ">", at.organisation)
    .orderBy("version")
    .limit(1000)
    .execute();
  const own = await db
    .selectFrom("own_settings_version")
    .select(["at", "choices"])
    .where("account_id", "=", accountId)
    .where("version", ">", at.own)
    .orderBy("version")
    .limit(1000)
    .execute();
  const barriers = await barrierRulesVersions(db, { after: at.barrier });
  const happenings: readonly Happening[] = [
    ...rules.map((row) => ({
      at: row.at.getTime(),
      by: "organisation" as const,
      sources: { rules: row.rules },
    })),
    ...own.map((row) => ({ at: row.at.getTime(), by: "mine" as const, sources: { own: row.choices } })),
    ...barriers.map((row) => ({
      at: row.at.getTime(),
      by: "barriers" as const,
      sources: { barriers: row.rules },
    })),
  ];
  return happenings.toSorted((a, b) => a.at - b.at);
}
