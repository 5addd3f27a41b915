import type { OrganisationSettingRow, SettingRowView } from "@sekisho/contract";
import type { Words } from "../i18n/words.ts";

type Value = SettingRowView["value"];
type Id = SettingRowView["id"] | OrganisationSettingRow["id"];

/** A value as the page writes it: the same `off` is 「しない」 for a recording and 「許可しない」 where others may. */
export function valueText(t: Words<"me">, common: Words<"common">, id: Id, value: Value): string {
  if (id === "durationMinutes" && typeof value === "number") return t("value.minutes", { count: value });
  if (id === "confidentiality") return value === null ? t("value.eachTime") : levelText(common, value);
  if (id === "region") return value === null ? t("value.unknown") : String(value);
  if (id === "recordingCloud" || id === "files")
    return value === "off" ? t("value.notAllowed") : t("value.allowed");
  if (id === "screenShareAtMedium") return value === true ? t("value.allowed") : t("value.notAllowed");
  if (typeof value === "boolean") return value ? t("on") : t("off");
  return wordText(t, value);
}

function levelText(common: Words<"common">, value: Value): string {
  return value === "high" || value === "medium" || value === "low"
    ? common(`classShort.${value}`)
    : String(value);
}

const WORDS = [
  ...(["off", "allowed", "private", "public", "everyone", "hosts", "nobody"] as const),
  ...(["named", "signedIn", "anyoneWithLink", "e2ee", "transport"] as const),
];

/** A word of a later server is shown as it came: better than a wrong one. */
function wordText(t: Words<"me">, value: Value): string {
  const word = WORDS.find((one) => one === value);
  return word === undefined ? String(value) : t(`value.${word}`);
}

/** What changed: date, who, before → after (ui.md §8.2). */
export function changeText(
  t: Words<"me">,
  common: Words<"common">,
  row: SettingRowView,
  dateOf: (at: number) => string,
): string | undefined {
  const { changed } = row;
  if (changed === null) return undefined;
  const write = (value: Value) => valueText(t, common, row.id, value);
  const date = changed.at === null ? "" : dateOf(changed.at);
  const before = write(changed.value);
  if (changed.by === "server") return t("changed.server", { before });
  if (changed.value === row.value)
    return t("changed.source", { date, before: t(`source.${changed.source}`) });
  if (row.source === "locked" && changed.by === "organisation")
    return t("changed.locked", { date, value: write(row.value), before });
  return t(`changed.${changed.by}`, { date, before });
}

/** Search by label, old names and English; every word typed has to be found. */
export function matches(texts: readonly string[], query: string): boolean {
  const fold = (text: string) => text.normalize("NFKC").toLowerCase();
  const all = fold(texts.join(" "));
  return fold(query)
    .split(/\s+/u)
    .every((word) => all.includes(word));
}
