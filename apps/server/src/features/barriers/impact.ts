/** What saving an edit would do at this moment (BAR-11). Nothing is written. */
import type { BarrierEdit, BarrierImpact } from "@sekisho/contract";
import {
  applyBarrierChanges,
  barrierContext,
  barrierDifference,
  splitLoosening,
  type AccountId,
  type BarrierChange,
  type BarrierIndex,
  type BarrierModel,
  type GroupId,
} from "@sekisho/domain";
import { peopleBeside } from "./barrier-directory.ts";
import { newestModel, type BarriersDeps, type LiveEffect } from "./barriers-deps.ts";
import { digestOf } from "./commit-version.ts";
import { compileInSlices } from "./compile-in-slices.ts";
import { changesOf } from "./rules-view.ts";
import { countUngrouped } from "./ungrouped.ts";
import { openMeetings, upcomingEffect, upcomingMeetings, type UpcomingEffect } from "./upcoming-effect.ts";
import { checkedEdit, editsGroupsByHand, planOf } from "./write-barriers.ts";

export type WorkedOutImpact = {
  readonly view: BarrierImpact;
  readonly live: LiveEffect;
  readonly upcoming: readonly UpcomingEffect[];
  readonly beside: readonly AccountId[];
  /** As it would be at once; what waits is not in it. */
  readonly after: BarrierModel;
};

/** Compiled once for each model that somebody looks from. */
const indexes = new WeakMap<BarrierModel, Promise<BarrierIndex>>();

function indexFor(model: BarrierModel): Promise<BarrierIndex> {
  const index = indexes.get(model) ?? compileInSlices({ model, before: null, changes: [] });
  indexes.set(model, index);
  return index;
}

export async function impactOf(deps: BarriersDeps, edits: readonly BarrierEdit[]): Promise<WorkedOutImpact> {
  const { db } = deps;
  const now = deps.now?.() ?? Date.now();
  const model = await newestModel(deps);
  const { wanted, problems } = await checkedEdit(db, model, changesOf(edits));
  const plan = await planOf(db, model, wanted, { origin: "portal" });
  const after = applyBarrierChanges(model, model.version, plan.now);
  const before = await indexFor(model);
  const index = await compileInSlices({ model: after, before, changes: plan.now });
  const [live, meetings, ungrouped, open] = await Promise.all([
    deps.liveEffect(barrierContext(index, deps.health.freshness())),
    upcomingMeetings(db, now),
    countUngrouped(db, after),
    after.rules.on && !model.rules.on ? openMeetings(db, now) : { open: 0, guests: 0 },
  ]);
  const upcoming = upcomingEffect(meetings, before, index);
  const beside = peopleBeside(after, groupsNamedBy(barrierDifference(model, wanted)));
  const byHand = editsGroupsByHand(model, wanted);
  const numbers = {
    live: liveNumbers(live),
    upcoming: { meetings: upcoming.length, people: new Set(upcoming.flatMap((one) => one.people)).size },
    otherGroupsMatter: beside.length,
    ungrouped,
    publicMeetings: open.open,
    guestMeetings: open.guests,
    loosens: splitLoosening(model, wanted).later.length > 0,
    needsSecondPerson: plan.later.length > 0,
    problems: byHand ? [...problems, "manual_edits_off" as const] : [...problems],
  };
  const digest = digestOf({ ...numbers, version: model.version }).toString("base64url");
  return { view: { ...numbers, digest, at: now }, live, upcoming, beside, after };
}

function liveNumbers({ meetings }: LiveEffect) {
  return {
    meetings: meetings.length,
    removed: meetings.reduce((sum, one) => sum + one.removed.length, 0),
    restricted: meetings.filter((one) => one.restricted).length,
  };
}

function groupsNamedBy(changes: readonly BarrierChange[]): ReadonlySet<GroupId> {
  const named = new Set<GroupId>();
  for (const change of changes)
    if (change.type === "policy.put" && change.policy.enabled)
      named.add(change.policy.a).add(change.policy.b);
  return named;
}
