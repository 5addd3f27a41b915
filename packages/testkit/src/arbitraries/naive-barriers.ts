/**
 * The relation of the barriers as it is written down (design, 3.0; BAR-1, BAR-2, BAR-6, BAR-7), in sets of flag names and
 * without any code of the product's engine: what tests compare that engine with.
 */
import type { BarrierModel } from "@sekisho/domain";

export type NaiveParty = { readonly account: string } | { readonly domain: string | null };

const bits: readonly (readonly [bit: number, flag: string])[] = [
  [1, "meeting"],
  [2, "in_meeting_chat"],
  [4, "file_transfer"],
  [8, "screen_share"],
  [16, "recording"],
  [32, "im"],
  [64, "complete_phone_calls"],
  [128, "message_via_sms"],
];

function flagNames(mask: number): readonly string[] {
  return bits.filter(([bit]) => Math.floor(mask / bit) % 2 === 1).map(([, flag]) => flag);
}

type Place = { readonly groups: readonly string[]; readonly kind: "inside" | "outside" };

function placeOf(model: BarrierModel, party: NaiveParty): Place {
  if ("domain" in party) {
    const groups = [...model.groups.values()].filter((one) => one.domains.some((it) => it === party.domain));
    return { groups: groups.map((one) => one.id), kind: "outside" };
  }
  for (const [accountId, { primary, held }] of model.people)
    if (accountId === party.account)
      return { groups: primary === null ? [...held] : [primary, ...held], kind: "inside" };
  return { groups: [], kind: "inside" };
}

/** flags(u, v) of two different people. */
export function naiveFlags(model: BarrierModel, u: NaiveParty, v: NaiveParty): ReadonlySet<string> {
  const flags = new Set<string>();
  if (!model.rules.on) return flags;
  const x = placeOf(model, u);
  const y = placeOf(model, v);
  const isLoose = (place: Place) => place.kind === "inside" && place.groups.length === 0;
  const inherits = model.rules.ungrouped === "inherit";
  for (const { a, b, enabled, mask } of model.policies.values()) {
    if (!enabled) continue;
    const there = x.groups.includes(a) && y.groups.includes(b);
    const back = x.groups.includes(b) && y.groups.includes(a);
    const naming = (place: Place) => place.groups.includes(a) || place.groups.includes(b);
    const loose =
      inherits && ((isLoose(x) && isLoose(y)) || (isLoose(x) && naming(y)) || (isLoose(y) && naming(x)));
    if (there || back || loose) for (const flag of flagNames(mask)) flags.add(flag);
  }
  return flags;
}

export function naiveMask(model: BarrierModel, u: NaiveParty, v: NaiveParty): number {
  const flags = naiveFlags(model, u, v);
  return bits.filter(([, flag]) => flags.has(flag)).reduce((sum, [bit]) => sum + bit, 0);
}
