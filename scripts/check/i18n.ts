/** Japanese and English are complete and used: the page's own check, which knows its catalogues and its components. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Planted, Step } from "./step.ts";
import { load } from "./unsafe.ts";

const folder = "apps/web/src/i18n";
type Problem = { readonly file: string; readonly text: string };
type Own = { readonly findI18nProblems?: () => readonly Problem[] };

async function run(root: string): Promise<readonly string[]> {
  const file = join(root, folder, "check.ts");
  if (!existsSync(file)) return [`${folder}/check.ts is missing`];
  const { findI18nProblems } = await load<Own>(pathToFileURL(file).href);
  if (findI18nProblems === undefined) return [`${folder}/check.ts has no findI18nProblems`];
  return findI18nProblems().map((one) => `${one.file}: ${one.text}`);
}

/** The page's check names catalogues by language and file. */
function word(language: "ja" | "en", name: string, text: string, says: string): Planted {
  return { path: `${folder}/${language}/${name}.json`, text, says: `${language}/${name}.json: ${says}` };
}

const screen = `export function A() {
  const t = useWords("used");
  return <p title={t("absent")}>Some words of its own</p>;
}
`;

export const i18n: Step = {
  name: "i18n",
  run,
  planted: [
    word("en", "missing", "{}\n", "lacks a"),
    word("ja", "missing", '{ "a": "あ" }\n', "unused: a"),
    word("ja", "empty", '{ "a": " " }\n', "empty: a"),
    word("en", "empty", '{ "a": "あいう" }\n', "Japanese in a"),
    word("ja", "blank", '{ "a": "{{name}}さん" }\n', "unused: a"),
    word("en", "blank", '{ "a": "{{person}}" }\n', "other places"),
    word("ja", "used", '{ "b": "い" }\n', "unused: b"),
    { path: "apps/web/src/features/planted/raw.tsx", text: screen, says: "raw.tsx: words in line 3" },
    { path: "apps/web/src/features/planted/lost.tsx", text: screen, says: "lost.tsx: used has no absent" },
  ],
};
