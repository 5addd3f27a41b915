/** What changed since somebody last looked, and when, and by whose hand (AUD-3). */
import { settingsInForce, type SettingId, type SettingLine, type SettingsInput } from "./lines.ts";

/** Whose hand it was. `server`: an update of the server itself, which no version of any rules explains. */
export type ChangedBy = "mine" | "organisation" | "barriers" | "server";

/** The state after one change, oldest first. */
export type SettingsStep = { readonly at: number; readonly by: ChangedBy; readonly input: SettingsInput };

export type SettingChange = {
  readonly id: SettingId;
  /** ms since 1970 UTC; null: not known. */
  readonly at: number | null;
  readonly by: ChangedBy;
  readonly before: Pick<SettingLine, "value" | "source">;
};

/**
 * A line that went away and came back is no change. One that changed several times is told with what it was when it was
 * last looked at and with the hand that made it what it is.
 */
export function settingChanges(
  seen: readonly Pick<SettingLine, "value" | "source" | "id">[],
  steps: readonly SettingsStep[],
  now: readonly SettingLine[],
): readonly SettingChange[] {
  const known = new Map(seen.map((line) => [line.id, line]));
  const last = lastHands(seen, steps);
  return now.flatMap((line) => {
    const before = known.get(line.id);
    // A setting that did not exist then has no "before".
    if (before === undefined || same(before, line)) return [];
    const hand = last.get(line.id) ?? { at: null, by: "server" as const };
    return [{ id: line.id, ...hand, before: { value: before.value, source: before.source } }];
  });
}

function lastHands(
  seen: readonly Pick<SettingLine, "value" | "source" | "id">[],
  steps: readonly SettingsStep[],
): ReadonlyMap<SettingId, Pick<SettingsStep, "at" | "by">> {
  const lines = new Map(seen.map((line) => [line.id, line]));
  const hands = new Map<SettingId, Pick<SettingsStep, "at" | "by">>();
  for (const { at, by, input } of steps)
    for (const line of settingsInForce(input)) {
      const before = lines.get(line.id);
      if (before !== undefined && !same(before, line)) hands.set(line.id, { at, by });
      lines.set(line.id, line);
    }
  return hands;
}

type Shown = Pick<SettingLine, "value" | "source">;

function same(a: Shown, b: Shown): boolean {
  return a.value === b.value && a.source === b.source;
}
