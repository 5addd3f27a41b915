/** The product's own words, so that a journey can be walked in either language. */
import { readFileSync } from "node:fs";
import { fill, sentenceOf, type Params } from "../apps/web/src/i18n/translate.ts";

export type Lang = "ja" | "en";

/** What stands on the page for a key of a catalogue, `schedule` `submit`. */
export type Say = (catalogue: string, key: string, params?: Params) => string;

export function wordsIn(lang: Lang): Say {
  const read = new Map<string, Readonly<Record<string, string>>>();
  return (name, key, params) => {
    const catalogue = read.get(name) ?? catalogueOf(lang, name);
    read.set(name, catalogue);
    const sentence = sentenceOf(lang, catalogue, key, params?.["count"]);
    if (sentence === key) throw new Error(`no ${key} in ${name}`);
    return fill(sentence, params);
  };
}

function catalogueOf(lang: Lang, name: string): Readonly<Record<string, string>> {
  const file = new URL(`../apps/web/src/i18n/${lang}/${name}.json`, import.meta.url);
  const read: unknown = JSON.parse(readFileSync(file, "utf8"));
  if (typeof read !== "object" || read === null) throw new Error(`${name} is no catalogue`);
  return Object.fromEntries(Object.entries(read).map(([key, sentence]) => [key, String(sentence)]));
}
