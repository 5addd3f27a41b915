/** The organisation: its name, defaults and locks (MTG-7). */
import { routes } from "@sekisho/contract";
import type { Db } from "../../platform/db/database.ts";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";

export type OrganisationDeps = {
  readonly db: Db;
  readonly log: OrganisationLog;
  /** Called after the commit: meetings in progress tighten at once (CNF-3). */
  readonly onRulesChanged: () => void;
};

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
        return row;
      }),
      handle(routes.account.organisationUpdate, (context) => update(deps, context)),
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
    await keepFirstVersion(trx);
    // The version grows with each change: instances that run know by it that their settings are old.
    const { version } = await trx
      .updateTable("organisation")
      .set((set) => ({
        name: body.name,
        address: body.address,
        rules: JSON.stringify(body.rules),
        version: set("version", "+", 1),
      }))
      .returning("version")
      .executeTakeFirstOrThrow();
    await trx
      .insertInto("organisation_rules_version")
      .values({ version, at: new Date(), actor: JSON.stringify(actor), rules: JSON.stringify(body.rules) })
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

/** AUD-3: what the organisation began with is what its first change is compared with. */
async function keepFirstVersion(trx: Trx): Promise<void> {
  const { version, created_at, rules } = await trx
    .selectFrom("organisation")
    .select(["version", "created_at", "rules"])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const kept = await trx
    .selectFrom("organisation_rules_version")
    .select("version")
    .limit(1)
    .executeTakeFirst();
  if (kept !== undefined) return;
  await trx
    .insertInto("organisation_rules_version")
    .values({
      version,
      at: created_at,
      actor: JSON.stringify({ kind: "server" }),
      rules: JSON.stringify(rules),
    })
    .execute();
}
