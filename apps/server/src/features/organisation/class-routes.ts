/** The classes of confidentiality: read by everybody who schedules, changed by the organisation (CNF-1, CNF-2). */
import { routes, type ClassesForHosts, type ClassesInput, type OrganisationClasses } from "@sekisho/contract";
import {
  changesFrom,
  classesWith,
  classProblems,
  standardClasses,
  valuesOf,
  type Classes,
  type ClassRules,
} from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { tightenedBy } from "./class-effect.ts";
import { classVersions } from "./class-versions.ts";
import type { OrganisationDeps } from "./organisation-deps.ts";
import { keepFirstVersion } from "./rules-versions.ts";

/** 国内, until the organisation says otherwise. */
const standardHome = "JP";

export function classRoutes(deps: OrganisationDeps): readonly BoundRoute[] {
  const { classes } = routes;
  return [
    handle(classes.classesRead, async () => forHosts((await currentRules(deps.db)).classes, deps.abilities)),
    handle(classes.organisationClassesRead, ({ caller }) => read(deps, accountOf(caller))),
    handle(classes.organisationClassesPreview, async ({ body }) => {
      const wanted = classesOf(body);
      const problems = classProblems(wanted, deps.abilities);
      return {
        problems: [...problems],
        ...(await tightenedBy(deps.db, await currentRules(deps.db), wanted)),
      };
    }),
    handle(classes.organisationClassesUpdate, (context) => update(deps, context)),
  ];
}

async function currentRules(db: Db) {
  const { version, rules } = await db
    .selectFrom("organisation")
    .select(["version", "rules"])
    .executeTakeFirstOrThrow();
  const { locks } = rules;
  return {
    version,
    locks: valuesOf(locks),
    home: rules.home ?? standardHome,
    classes: classesWith(rules.classes ?? {}),
  };
}

async function read(deps: OrganisationDeps, readerId: string): Promise<OrganisationClasses> {
  const { version, home, classes } = await currentRules(deps.db);
  return {
    ...{ version, home },
    classes: viewOf(classes),
    standard: viewOf(standardClasses),
    versions: await classVersions(deps, readerId),
  };
}

async function update(
  deps: OrganisationDeps,
  { body, caller }: CallContext<typeof routes.classes.organisationClassesUpdate>,
): Promise<OrganisationClasses> {
  const accountId = accountOf(caller);
  const wanted = classesOf(body);
  const problems = classProblems(wanted, deps.abilities);
  if (problems.length > 0)
    throw new HttpError("class_rules_contradict", {
      details: problems.map(({ code }) => code),
      fields: problems.map(({ level, field }) => `${level}.${field}`),
    });
  await deps.db.transaction().execute(async (trx) => {
    const actor = { kind: "account", id: accountId } as const;
    const before = await keepFirstVersion(trx);
    const rules = { ...before, classes: changesFrom(wanted), home: body.home };
    const changed = await trx
      .updateTable("organisation")
      .set({ rules: JSON.stringify(rules), version: body.version + 1 })
      // What stood on the page is what was judged: a change that came between is looked at first.
      .where("version", "=", body.version)
      .returning("version")
      .executeTakeFirst();
    if (changed === undefined) throw new HttpError("settings_changed");
    await trx
      .insertInto("organisation_rules_version")
      .values({
        version: changed.version,
        at: new Date(),
        actor: JSON.stringify(actor),
        rules: JSON.stringify(rules),
      })
      .execute();
    await deps.log.append(trx, {
      type: "organisation.classesChanged",
      actor,
      data: { version: changed.version, home: body.home, classes: changesFrom(wanted) },
    });
  });
  deps.onRulesChanged();
  return read(deps, accountId);
}

function classesOf({ classes: { high, medium, low } }: ClassesInput): Classes {
  return { high: rulesOf(high), medium: rulesOf(medium), low: rulesOf(low) };
}

/** A lock at a field's open end holds nobody: it is none. */
function rulesOf({ locks, defaults, definition }: ClassesInput["classes"]["high"]): ClassRules {
  return { locks: valuesOf(locks), defaults: valuesOf(defaults), definition };
}

function viewOf({ high, medium, low }: Classes): OrganisationClasses["classes"] {
  return { high: { ...high }, medium: { ...medium }, low: { ...low } };
}

/** Nobody registers where no mail goes out: there a meeting does not start with it (INV-5). */
function forHosts(
  { high, medium, low }: Classes,
  { mail }: Pick<OrganisationDeps["abilities"], "mail">,
): ClassesForHosts {
  const part = ({ defaults: { registration, ...others }, definition }: ClassRules) => ({
    defaults: mail && registration !== undefined ? { ...others, registration } : others,
    definition,
  });
  return { high: part(high), medium: part(medium), low: part(low) };
}

function accountOf(caller: Caller): string {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  return caller.accountId;
}
