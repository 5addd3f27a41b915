/**
 * Who may name or turn off the policy server (BAR-6, BAR-10). Whoever names it decides what it says, and whoever turns it
 * off ends what follows from its silence: both are loosenings, and nobody does them alone where two are needed.
 */
import { initialRules, type BarrierFreshness } from "@sekisho/domain";
import { sql, type Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";
import type { OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import { byAccount } from "./barriers-deps.ts";
import { secondPerson } from "./second-person.ts";
import {
  openToken,
  sealToken,
  writeUpstream,
  type UpstreamRow,
  type UpstreamWish,
} from "./upstream-store.ts";

export type UpstreamChangeDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  readonly freshness: () => BarrierFreshness;
};

export type UpstreamChange = {
  readonly me: string;
  readonly wish: UpstreamWish;
  /** Seen that this ends the refusal of new people; only asked of the one who is alone with the barriers. */
  readonly confirmed: boolean;
};

/**
 * Rejects with `second_person_needed` until another editor saves the same without a token, within a day; with
 * `confirm_not_fresh` where there is nobody else.
 */
export async function changeUpstream(deps: UpstreamChangeDeps, change: UpstreamChange): Promise<void> {
  const done = await deps.db.transaction().execute((trx) => decide(deps, trx, change));
  if (done !== null) throw new HttpError(done);
}

type Refused = "second_person_needed" | "confirm_not_fresh";

async function decide(deps: UpstreamChangeDeps, trx: Trx, change: UpstreamChange): Promise<Refused | null> {
  const { wish, me, confirmed } = change;
  const head = await trx.selectFrom("barrier_head").select("rules").forUpdate().executeTakeFirstOrThrow();
  const rules = head.rules ?? initialRules;
  const before = (await trx.selectFrom("barrier_upstream").selectAll().executeTakeFirst()) ?? null;
  const names = rules.on && isNewOrigin(before, wish);
  const frees = rules.on && deps.freshness() !== "fresh" && before !== null && endsSilence(before, wish);
  if (!names && !frees) return write(deps, trx, { change, asked: null });
  const { needed, editors } = await secondPerson(trx, rules);
  if (!needed) return frees && !confirmed ? "confirm_not_fresh" : write(deps, trx, { change, asked: null });
  const asked = await openWish(trx);
  if (asked !== null && isSame(asked, wish) && asked.asked_by !== me && asked.editors.includes(me))
    return write(deps, trx, { change, asked });
  await keepWish(deps, trx, { change, editors });
  return "second_person_needed";
}

function isNewOrigin(before: UpstreamRow | null, wish: UpstreamWish): boolean {
  return before === null || new URL(before.url).origin !== new URL(wish.url).origin;
}

/** Asking it again is always possible; with another token, and more often. */
function endsSilence(before: UpstreamRow, { url, enabled, intervalMinutes }: UpstreamWish): boolean {
  const isLess = before.url !== url || intervalMinutes > before.interval_minutes;
  return before.enabled && (!enabled || isLess);
}

type WishRow = Selectable<Database["barrier_upstream_wish"]>;

async function openWish(trx: Trx): Promise<WishRow | null> {
  const open = trx
    .selectFrom("barrier_upstream_wish")
    .selectAll()
    .where("at", ">", sql<Date>`clock_timestamp() - interval '1 day'`);
  return (await open.executeTakeFirst()) ?? null;
}

/** With a token of one's own it is another wish: whoever confirms does so without. */
function isSame(asked: WishRow, { url, intervalMinutes, enabled, token }: UpstreamWish): boolean {
  const isIt = asked.url === url && asked.interval_minutes === intervalMinutes && asked.enabled === enabled;
  return isIt && token === undefined;
}

type Kept = { readonly change: UpstreamChange; readonly editors: readonly string[] };

async function keepWish({ keys, log }: UpstreamChangeDeps, trx: Trx, { change, editors }: Kept) {
  const { me, wish } = change;
  const { url, intervalMinutes, enabled, token } = wish;
  await trx.deleteFrom("barrier_upstream_wish").execute();
  await trx
    .insertInto("barrier_upstream_wish")
    .values({
      ...{ url, enabled, interval_minutes: intervalMinutes, asked_by: me, editors: [...editors] },
      token_sealed: token === undefined ? null : sealToken(keys, token),
    })
    .execute();
  const data = { url, intervalMinutes, enabled, tokenChanged: token !== undefined };
  await log.append(trx, { type: "barrier.upstreamAsked", actor: byAccount(me), data });
}

type Written = { readonly change: UpstreamChange; readonly asked: WishRow | null };

async function write({ keys, log }: UpstreamChangeDeps, trx: Trx, { change, asked }: Written): Promise<null> {
  const { me, wish, confirmed } = change;
  const token = asked === null ? wish.token : (openToken(keys, asked) ?? undefined);
  const by = asked?.asked_by ?? me;
  await writeUpstream(trx, keys, { ...wish, token, by });
  if (asked !== null) await trx.deleteFrom("barrier_upstream_wish").execute();
  const { url, intervalMinutes, enabled } = wish;
  const data = { url, intervalMinutes, enabled, tokenChanged: token !== undefined, confirmed, askedBy: by };
  await log.append(trx, { type: "barrier.upstreamChanged", actor: byAccount(me), data });
  return null;
}
