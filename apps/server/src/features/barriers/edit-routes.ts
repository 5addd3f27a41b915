/** Looking at what an edit would do, and saving it (BAR-6, BAR-11). */
import { routes, type BarrierEdit, type BarrierImpactItem } from "@sekisho/contract";
import type { AccountId } from "@sekisho/domain";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { byAccount, signedInAccount, type BarriersDeps } from "./barriers-deps.ts";
import { accountNames } from "./change-lines.ts";
import { impactOf, type WorkedOutImpact } from "./impact.ts";
import { changesOf } from "./rules-view.ts";
import { isUngrouped } from "./ungrouped.ts";

const { barrierPreview, barrierImpactList, barrierSave } = routes.barriers;

export function editRoutes(deps: BarriersDeps): readonly BoundRoute[] {
  return [
    handle(barrierPreview, async ({ body }) => (await impactOf(deps, body.edits)).view),
    handle(barrierImpactList, ({ body, caller }) =>
      byName(deps, signedInAccount(caller).accountId, body.edits),
    ),
    handle(barrierSave, ({ body, caller }) => save(deps, signedInAccount(caller).accountId, body)),
  ];
}

async function save(deps: BarriersDeps, me: string, body: CallContext<typeof barrierSave>["body"]) {
  const { view } = await impactOf(deps, body.edits);
  if (view.problems.includes("manual_edits_off")) throw new HttpError("manual_edits_off");
  if (view.problems.length > 0) throw new HttpError("barrier_edit_invalid", { details: view.problems });
  // What was shown is what is agreed to: with other people in meetings by now, the press must be repeated.
  if (view.digest !== body.impact) {
    const newest = deps.source.model().version;
    throw new HttpError(newest === body.baseVersion ? "impact_changed" : "barriers_changed");
  }
  const { version, pendingId } = await deps.writer.write(changesOf(body.edits), {
    origin: "portal",
    actor: byAccount(me),
    reason: body.reason,
    baseVersion: body.baseVersion,
  });
  return { version, pendingId };
}

const mostItems = 500;
const mostPeople = 100;

async function byName(deps: BarriersDeps, me: string, edits: readonly BarrierEdit[]) {
  const impact = await impactOf(deps, edits);
  const items = [
    ...(await meetingItems(deps, impact)),
    ...(await peopleItems(deps, "otherGroup", impact.beside)),
    ...(await peopleItems(deps, "ungrouped", await ungroupedPeople(deps, impact))),
  ];
  await deps.db.transaction().execute(async (trx) => {
    const { view } = impact;
    await deps.log.append(trx, {
      type: "barrier.impactRead",
      actor: byAccount(me),
      data: { digest: view.digest, live: view.live, upcoming: view.upcoming },
    });
  });
  return { items: items.slice(0, mostItems), more: Math.max(0, items.length - mostItems) };
}

async function meetingItems(deps: BarriersDeps, impact: WorkedOutImpact): Promise<BarrierImpactItem[]> {
  const { live, upcoming } = impact;
  const meetings = await meetingFacts(
    deps,
    [...live.meetings, ...upcoming].map((one) => one.meetingId),
  );
  const names = await accountNames(deps.db, [...new Set(upcoming.flatMap((one) => one.people))]);
  const item = (kind: BarrierImpactItem["kind"], meetingId: string, people: readonly string[]) => ({
    kind,
    meetingId,
    topic: meetings.get(meetingId)?.topic ?? null,
    at: kind === "upcoming" ? (meetings.get(meetingId)?.at ?? null) : null,
    people: people.slice(0, mostPeople),
  });
  return [
    ...live.meetings
      .filter((one) => one.removed.length > 0)
      .map((one) => item("removed", one.meetingId, one.removed)),
    ...live.meetings.filter((one) => one.restricted).map((one) => item("restricted", one.meetingId, [])),
    ...upcoming.map((one) =>
      item(
        "upcoming",
        one.meetingId,
        one.people.map((accountId) => names.get(accountId) ?? ""),
      ),
    ),
  ];
}

async function meetingFacts({ db }: BarriersDeps, ids: readonly string[]) {
  if (ids.length === 0) return new Map<string, { topic: string; at: number }>();
  const rows = await db
    .selectFrom("meeting")
    .select(["id", "settings", "first_start"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, { topic: row.settings.topic, at: row.first_start.getTime() }]));
}

async function peopleItems(
  { db }: BarriersDeps,
  kind: "otherGroup" | "ungrouped",
  people: readonly AccountId[] | readonly string[],
): Promise<BarrierImpactItem[]> {
  const names = await accountNames(db, people.slice(0, mostItems * mostPeople));
  const sorted = [...names.values()].toSorted();
  const items: BarrierImpactItem[] = [];
  for (let from = 0; from < sorted.length; from += mostPeople)
    items.push({
      kind,
      meetingId: null,
      topic: null,
      at: null,
      people: sorted.slice(from, from + mostPeople),
    });
  return items;
}

async function ungroupedPeople({ db }: BarriersDeps, { after }: WorkedOutImpact): Promise<readonly string[]> {
  const rows = await db
    .selectFrom("account")
    .select("id")
    .where(isUngrouped(after))
    .limit(mostItems * mostPeople)
    .execute();
  return rows.map((row) => row.id);
}
