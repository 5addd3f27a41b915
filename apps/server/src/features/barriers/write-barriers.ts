/** The writer: one edit, one transaction, one version (BAR-5, BAR-6). */
import {
  barrierDifference,
  countingGroups,
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
import { isSync, keepPending, logSuperseded, supersedeSignIns, supersedeSyncs } from "./pending-store.ts";
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
  {
    origin,
    holdsLoosening = false,
    loosening = "byRule",
  }: Pick<BarrierWrite, "origin" | "holdsLoosening" | "loosening">,
): Promise<WritePlan> {
  if (loosening !== "byRule") return strictPlan(db, model, wanted, loosening);
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

/**
 * Only what restricts acts. While barriers are off nothing is forbidden, and so nothing could loosen: whoever is in a group
 * by then is treated as if they were on, or a sign-in would undo what is prepared for the day they are turned on.
 */
async function strictPlan(
  db: Parameters<typeof secondPerson>[0],
  model: BarrierModel,
  wanted: BarrierModel,
  loosening: "waits" | "ignored",
): Promise<WritePlan> {
  const second = await secondPerson(db, model.rules);
  const moved = barrierDifference(model, wanted).some(
    (change) => change.type !== "person.put" || countingGroups(model.people.get(change.accountId)).length > 0,
  );
  const on = (one: BarrierModel): BarrierModel => ({ ...one, rules: { ...one.rules, on: true } });
  const { now, later } = moved ? splitLoosening(on(model), on(wanted)) : splitLoosening(model, wanted);
  return { now, later: loosening === "waits" ? later : [], dangers: [], second };
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
  const superseded = await superseding(trx, how, pendingId);
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

/** A source says all there is each time: what it said before and still waits counts no more, unless it says it again. */
async function superseding(trx: Trx, how: BarrierWrite, keep: string | null) {
  if (isSync(how.origin)) return supersedeSyncs(trx, keep);
  if (how.loosening !== "waits" || how.actor.kind !== "account") return [];
  return supersedeSignIns(trx, how.actor.id, keep);
}
