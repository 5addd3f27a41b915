/** The writer: one edit, one transaction, one version (BAR-5, BAR-6). */
import {
  barrierDifference,
  dangersOf,
  keepHeld,
  namedAccounts,
  splitLoosening,
  wantedBarriers,
  type BarrierChange,
  type BarrierDanger,
  type BarrierModel,
  type BarrierSplit,
  type WantedBarriers,
} from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { accountProblems } from "./account-problems.ts";
import type { BarrierWrite, BarrierWriter, BarrierWritten } from "./barrier-writer.ts";
import type { WriterDeps } from "./barriers-deps.ts";
import { countsOf, lockHead, writeVersion } from "./commit-version.ts";
import { isSync, keepPending, logSuperseded, supersedeSyncs } from "./pending-store.ts";
import { secondPerson, type SecondPerson } from "./second-person.ts";
import { targetChanges } from "./target-changes.ts";

export function createBarrierWriter(deps: WriterDeps): BarrierWriter {
  async function write(
    changesOf: (model: BarrierModel) => readonly BarrierChange[],
    how: BarrierWrite,
  ): Promise<BarrierWritten> {
    const done = await deps.db.transaction().execute(async (trx) => {
      const model = await lockHead(trx, deps.source);
      if (how.baseVersion !== null && how.baseVersion !== model.version)
        throw new HttpError("barriers_changed");
      const changes = changesOf(model);
      const { wanted, problems } = await checkedEdit(trx, model, changes);
      if (problems.length > 0) throw new HttpError("barrier_edit_invalid", { details: problems });
      if (how.origin === "portal") requireManualEdits(model, wanted);
      const plan = await planOf(trx, model, wanted, how);
      return apply(deps, trx, { model, plan, how });
    });
    if (done.written.changes > 0) deps.onCommitted(done.written.version);
    if (done.rulesChanged) deps.onRulesChanged();
    return done.written;
  }

  return {
    write: (changes, how) => write(() => changes, how),
    replace: (target, how) => write((model) => targetChanges(model, target), how),
  };
}

/** What an edit makes of a model, with everything that stands against it. */
export async function checkedEdit(
  db: Parameters<typeof accountProblems>[0],
  model: BarrierModel,
  changes: readonly BarrierChange[],
): Promise<WantedBarriers> {
  const { wanted, problems } = wantedBarriers(model, changes);
  const accounts = await accountProblems(db, model, wanted, namedAccounts(model, wanted));
  return { wanted, problems: [...problems, ...accounts] };
}

/** BAR-9: groups are a matter of the source that they are synced from, unless the organisation says otherwise. */
export function editsGroupsByHand(model: BarrierModel, wanted: BarrierModel): boolean {
  if (!model.rules.on || wanted.rules.manualGroupEdits) return false;
  return barrierDifference(model, wanted).some(
    ({ type }) => type.startsWith("group.") || type.startsWith("person."),
  );
}

function requireManualEdits(model: BarrierModel, wanted: BarrierModel): void {
  if (editsGroupsByHand(model, wanted)) throw new HttpError("manual_edits_off");
}

export type WritePlan = BarrierSplit & {
  readonly dangers: readonly BarrierDanger[];
  /** Who could approve, where somebody else has to (BAR-6). */
  readonly second: SecondPerson;
};

const unpeopling: readonly BarrierDanger[] = ["many_ungrouped", "group_emptied", "group_removed"];

/** What acts at once and what waits, as things stand. A dangerous sync waits whoever is there to approve it. */
export async function planOf(
  db: Parameters<typeof secondPerson>[0],
  model: BarrierModel,
  wanted: BarrierModel,
  { origin, holdsLoosening = false }: Pick<BarrierWrite, "origin" | "holdsLoosening">,
): Promise<WritePlan> {
  const dangers = isSync(origin) ? dangersOf(model, wanted) : [];
  const second = await secondPerson(db, model.rules);
  if (dangers.length === 0 && !second.needed && !holdsLoosening) {
    // What a sync before was held back for is not let go by a sync that is none the wiser.
    const strict = isSync(origin) ? keepHeld(model, wanted) : wanted;
    const later = strict === wanted ? [] : barrierDifference(strict, wanted);
    return { now: barrierDifference(model, strict), later, dangers, second };
  }
  const holdUngrouping = dangers.some((one) => unpeopling.includes(one));
  return { ...splitLoosening(model, wanted, { holdUngrouping }), dangers, second };
}

type Applying = { readonly model: BarrierModel; readonly plan: WritePlan; readonly how: BarrierWrite };

async function apply(deps: WriterDeps, trx: Trx, { model, plan, how }: Applying) {
  const { now, later } = plan;
  const version =
    now.length === 0
      ? { model, rulesChanged: false, facts: { version: model.version, origin: how.origin } }
      : await writeVersion(trx, model, now, { ...how, source: how.origin, approver: null });
  const dangers = plan.dangers.length > 0 ? plan.dangers : (["loosening"] as const);
  const { second } = plan;
  const pending = { before: model, model: version.model, now, later, why: dangers, how, second };
  const pendingId = later.length === 0 ? null : await keepPending(trx, pending);
  const superseded = isSync(how.origin) ? await supersedeSyncs(trx, pendingId) : [];
  const written: BarrierWritten = { version: version.model.version, changes: now.length, pendingId };
  await how.also?.(trx, written);
  if (now.length > 0 || later.length > 0)
    await deps.log.append(trx, {
      type: "barrier.changed",
      actor: how.actor,
      data: { ...version.facts, pendingId, waiting: countsOf(later), why: later.length > 0 ? dangers : [] },
      personal: { reason: how.reason },
    });
  for (const one of superseded) await logSuperseded(deps.log, trx, one);
  return { written, rulesChanged: version.rulesChanged };
}
