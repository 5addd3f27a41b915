/** Tables out and in (BAR-11). An import saves nothing: preview and save follow. */
import { routes, type BarrierEdit } from "@sekisho/contract";
import { sameGroup, samePlace, samePolicy, type BarrierModel } from "@sekisho/domain";
import { sql } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { byAccount, newestModel, signedInAccount, type BarriersDeps } from "./barriers-deps.ts";
import { csvRowsOf } from "./csv-export.ts";
import { readCsv } from "./csv-import.ts";
import { csvOf } from "../../platform/csv.ts";
import { changesOf } from "./rules-view.ts";

const problemsShown = 200;

export function csvRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  const { barrierExport, barrierImport, barrierPreview } = routes.barriers;
  return [
    handle(barrierExport, async ({ params, caller, reply }) => {
      const model = await newestModel(deps);
      const rows = await csvRowsOf(deps.db, model, params.what);
      await deps.db.transaction().execute((trx) =>
        deps.log.append(trx, {
          type: "barrier.exported",
          actor: byAccount(signedInAccount(caller).accountId),
          data: { what: params.what, rows: rows.length - 1, version: model.version },
        }),
      );
      reply.header("content-type", "text/csv; charset=utf-8; header=present");
      reply.header("content-disposition", `attachment; filename="barriers-${params.what}.csv"`);
      return csvOf(rows);
    }),
    handle(barrierImport, async ({ params, body }) => {
      const model = await newestModel(deps);
      const accounts = params.what === "members" ? await accountsByAddress(deps.db) : new Map();
      const { edits, problems } = readCsv(params.what, body.csv, model, { accounts });
      const changing = edits.filter((edit) => changesSomething(model, edit));
      // More than one version takes.
      if (changing.length > 0 && !barrierPreview.body.safeParse({ edits: changing }).success)
        throw new HttpError("body_too_large");
      return { edits: changing, problems: problems.slice(0, problemsShown) };
    }),
  ];
}

async function accountsByAddress(db: Db): Promise<ReadonlyMap<string, string>> {
  const rows = await db
    .selectFrom("account")
    .select(["id", sql<string>`lower(email)`.as("address")])
    .execute();
  return new Map(rows.map((row) => [row.address, row.id]));
}

function changesSomething(model: BarrierModel, edit: BarrierEdit): boolean {
  const [change] = changesOf([edit]);
  if (change?.type === "group.put") return isNew(model.groups.get(change.group.id), change.group, sameGroup);
  if (change?.type === "policy.put")
    return isNew(model.policies.get(change.policy.id), change.policy, samePolicy);
  if (change?.type !== "person.put") return true;
  const before = model.people.get(change.accountId);
  // What is held is not the table's to say.
  return isNew(before, { ...change.person, held: before?.held ?? [] }, samePlace);
}

function isNew<T>(before: T | undefined, after: T, same: (a: T, b: T) => boolean): boolean {
  return before === undefined || !same(before, after);
}
