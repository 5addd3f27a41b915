/** Japanese and English say the same things: the same keys, the same blanks to fill, nothing empty. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Step } from "./step.ts";
import { load, readJson } from "./unsafe.ts";

const folder = "apps/web/src/i18n";
const languages = ["ja", "en"] as const;
type Words = ReadonlyMap<string, string>;

function flatten(value: unknown, key = ""): readonly (readonly [string, string])[] {
  if (typeof value === "string") return [[key, value]];
  if (typeof value !== "object" || value === null) return [[key, ""]];
  return Object.entries(value).flatMap(([name, one]) => flatten(one, key === "" ? name : `${key}.${name}`));
}

function wordsIn(root: string, language: string): ReadonlyMap<string, Words> {
  const names = readdirSync(join(root, folder, language)).filter((name) => name.endsWith(".json"));
  return new Map(
    names.map((name) => [name, new Map(flatten(readJson<unknown>(join(root, folder, language, name))))]),
  );
}

/** Plural forms differ by language: `people_one`, `people_other` are one entry. */
function stem(key: string): string {
  return key.replace(/_(?:zero|one|two|few|many|other)$/u, "");
}

function blanks(text: string): string {
  const names = [...text.matchAll(/\{\{\s*([\w.]+)[^}]*\}\}/gu)].map((hit) => hit[1] ?? "");
  return [...new Set(names)].toSorted((a, b) => (a < b ? -1 : 1)).join();
}

function compare(file: string, mine: Words, theirs: Words): readonly string[] {
  const stems = new Map([...theirs].map(([key, text]) => [stem(key), text]));
  return [...mine].flatMap(([key, text]) => {
    if (text.trim() === "") return [`${file}: ${key} is empty`];
    const other = stems.get(stem(key));
    if (other === undefined) return [`${file}: ${key} is not in the other language`];
    const same = key !== stem(key) || blanks(text) === blanks(other);
    return same ? [] : [`${file}: ${key} has other blanks: ${blanks(text)} and ${blanks(other)}`];
  });
}

function catalogueProblems(root: string): readonly string[] {
  const [ja, en] = languages.map((language) => wordsIn(root, language));
  if (ja === undefined || en === undefined || ja.size === 0) return ["no catalogue was found"];
  const problems: string[] = [];
  for (const name of new Set([...ja.keys(), ...en.keys()])) {
    const none: Words = new Map();
    problems.push(...compare(`${folder}/ja/${name}`, ja.get(name) ?? none, en.get(name) ?? none));
    problems.push(...compare(`${folder}/en/${name}`, en.get(name) ?? none, ja.get(name) ?? none));
  }
  return problems;
}

type Own = {
  readonly findI18nProblems?: (source: string) => readonly unknown[] | Promise<readonly unknown[]>;
};

/** What the page itself knows to check, such as keys that no component uses. */
async function ownProblems(root: string): Promise<readonly string[]> {
  const file = join(root, folder, "check.ts");
  if (!existsSync(file)) return [];
  const { findI18nProblems } = await load<Own>(pathToFileURL(file).href);
  const found = (await findI18nProblems?.(join(root, "apps/web/src"))) ?? [
    "check.ts has no findI18nProblems",
  ];
  return found.map((one) => `${folder}: ${typeof one === "string" ? one : JSON.stringify(one)}`);
}

export const i18n: Step = {
  name: "i18n",
  run: async (root) => [...catalogueProblems(root), ...(await ownProblems(root))],
  planted: [
    { path: `${folder}/ja/planted-missing.json`, text: '{ "a": "あ" }\n', says: "not in the other language" },
    { path: `${folder}/ja/planted-empty.json`, text: '{ "a": "" }\n', says: "is empty" },
    { path: `${folder}/en/planted-alone.json`, text: '{ "a": "a" }\n', says: "not in the other language" },
    { path: `${folder}/ja/planted-blank.json`, text: '{ "a": "{{name}}さん" }\n', says: "other blanks" },
    { path: `${folder}/en/planted-blank.json`, text: '{ "a": "{{person}}" }\n', says: "other blanks" },
  ],
};
