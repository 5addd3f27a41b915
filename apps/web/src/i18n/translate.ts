import type { Lang } from "./language.ts";

/** Flat keys; `{{name}}` is replaced; `key_one` / `key_other` are chosen by `count`. */
export type Catalogue = Readonly<Record<string, string>>;

/** Keys as written at the call site: without the plural ending. */
export type KeyOf<C> = StripPlural<Extract<keyof C, string>>;
type StripPlural<K extends string> = K extends `${infer Base}_${"one" | "other"}` ? Base : K;

export type Params<Value = string | number> = Readonly<Record<string, Value>>;

const PLACE = /\{\{(\w+)\}\}/g;
const plurals: Readonly<Record<Lang, Intl.PluralRules>> = {
  ja: new Intl.PluralRules("ja"),
  en: new Intl.PluralRules("en"),
};

/** The sentence of a key, with its places still in it; the key itself where the catalogue lacks it. */
export function sentenceOf(lang: Lang, catalogue: Catalogue, key: string, count: unknown): string {
  if (typeof count === "number") {
    const form = plurals[lang].select(count);
    const found = catalogue[`${key}_${form}`] ?? catalogue[`${key}_other`];
    if (found !== undefined) return found;
  }
  return catalogue[key] ?? key;
}

export function fill(sentence: string, params: Params | undefined): string {
  if (params === undefined) return sentence;
  return sentence.replace(PLACE, (place, name: string) => String(params[name] ?? place));
}

/** The sentence cut at its places: text, value, text, … for values that are not plain text. */
export function fillParts<Value>(sentence: string, params: Params<Value>): (string | Value)[] {
  return sentence.split(PLACE).map((part, index) => (index % 2 === 0 ? part : (params[part] ?? part)));
}
