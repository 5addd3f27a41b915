/** The organisation: its name, defaults and locks (MTG-7). */
import { routes, type StoredRules } from "@sekisho/contract";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { classRoutes } from "./class-routes.ts";
import type { OrganisationDeps } from "./organisation-deps.ts";
import { keepFirstVersion } from "./rules-versions.ts";

export type OrganisationFeature = { readonly routes: readonly BoundRoute[] };

export function createOrganisationFeature(deps: OrganisationDeps): OrganisationFeature {
  return {
    routes: [
      handle(routes.account.organisationRead, async () => {
        const row = await deps.db
          .selectFrom("organisation")
          .select(["name", "address", "rules"])
          .executeTakeFirst();
        if (row === undefined) throw new HttpError("not_found");
        return { ...row, rules: withoutClasses(row.rules) };
      }),
      handle(routes.account.organisationUpdate, (context) => update(deps, context)),
      ...classRoutes(deps),
    ],
  };
}

async function update(
  deps: OrganisationDeps,
  { body, caller }: CallContext<typeof routes.account.organisationUpdate>,
) {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  const actor: LogActor = { kind: "account", id: caller.accountId };
  await deps.db.transaction().execute(async (trx) => {
    const { classes, home } = await keepFirstVersion(trx);
    const rules = {
      ...body.rules,
      ...(classes === undefined ? {} : { classes }),
      ...(home === undefined ? {} : { home }),
    };
    // The version grows with each change: instances that run know by it that their settings are old.
    const { version } = await trx
      .updateTable("organisation")
      .set((set) => ({
        name: body.name,
        address: body.address,
        rules: JSON.stringify(rules),
        version: set("version", "+", 1),
      }))
      .returning("version")
      .executeTakeFirstOrThrow();
    await trx
      .insertInto("organisation_rules_version")
      .values({ version, at: new Date(), actor: JSON.stringify(actor), rules: JSON.stringify(rules) })
      .execute();
    await deps.log.append(trx, {
      type: "organisation.changed",
      actor,
      data: { version, name: body.name, address: body.address, rules: body.rules },
    });
  });
  deps.onRulesChanged();
  return body;
}

/** The classes have routes of their own. */
function withoutClasses({ classes: _classes, home: _home, ...rules }: StoredRules) {
  return rules;
}
