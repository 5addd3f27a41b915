/** The rules of barriers as rows of the settings page, and one change of them as an edit. */
import type { BarrierRulesView } from "@sekisho/contract";
import type { Edits } from "./use-barriers.ts";

export type RuleName = Exclude<keyof BarrierRulesView, "on">;
export type Exception = BarrierRulesView["exceptions"][number];

/** In the order of the page. */
export const ruleNames = [
  "ungrouped",
  "joinBeforeHost",
  "exceptions",
  "manualGroupEdits",
  "secondPerson",
  "staleLimits",
] as const satisfies readonly RuleName[];

/** None where nothing changes: then there is nothing to save. */
export function ruleEdits(before: BarrierRulesView, change: Partial<BarrierRulesView>): Edits {
  const rules = { ...before, ...change };
  return JSON.stringify(rules) === JSON.stringify(before) ? [] : [{ type: "rules.put", rules }];
}

/** An address, or a domain with or without `@` in front; undefined for what is neither. */
export function exceptionOf(text: string): Exception | undefined {
  const value = text.normalize("NFKC").trim().toLowerCase();
  if (/^[^\s@]+@(?:[a-z0-9-]+\.)+[a-z0-9-]{2,63}$/u.test(value)) return { kind: "address", value };
  const domain = value.replace(/^@/u, "");
  return /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/u.test(domain)
    ? { kind: "domain", value: domain }
    : undefined;
}

/** Minutes that are offered; another value that an interface has set stays a choice. */
export const offeredLimits = { denyNewAfter: 60, closeAfter: 1440 } as const;

export type LimitName = keyof typeof offeredLimits;

export function limitChoices(name: LimitName, now: number | null): readonly (number | null)[] {
  const offered = offeredLimits[name];
  return now === null || now === offered ? [null, offered] : [null, offered, now];
}
