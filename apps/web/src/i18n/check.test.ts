import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test } from "vitest";
import { findI18nProblems } from "./check.ts";

let folder = "";

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Plants catalogues of one feature and one source that uses them. */
function plant(ja: object, en: object, source: string): string[] {
  folder = mkdtempSync(join(tmpdir(), "sekisho-i18n-"));
  for (const [lang, words] of [
    ["ja", ja],
    ["en", en],
  ] as const) {
    mkdirSync(join(folder, "c", lang), { recursive: true });
    writeFileSync(join(folder, "c", lang, "home.json"), JSON.stringify(words));
  }
  mkdirSync(join(folder, "s"));
  writeFileSync(join(folder, "s", "a.tsx"), source);
  return findI18nProblems({ catalogues: join(folder, "c"), sources: join(folder, "s") }).map(
    ({ text }) => text,
  );
}

const use = (calls: string) => `const t = useWords("home");\n${calls}`;

test("nothing is reported where nothing is wrong", () => {
  const ja = { a: "会議", n_other: "{{count}} 件", "k.x": "あ", "k.y": "い" };
  const en = { a: "Meeting", n_one: "{{count}} thing", n_other: "{{count}} things", "k.x": "x", "k.y": "y" };
  expect(plant(ja, en, use('t("a"); t("n", { count }); t(`k.${kind}`);'))).toEqual([]);
});

test("a key in one language only", () => {
  expect(plant({ a: "あ" }, { a: "a", b: "b" }, use('t("a"); t("b")'))).toContain("lacks b");
  expect(plant({ a: "あ", b: "い" }, { a: "a" }, use('t("a"); t("b")'))).toContain("lacks b");
});

test("a key that is used and does not exist, a key that exists and is not used", () => {
  const found = plant({ a: "あ" }, { a: "a" }, use('t("z")'));
  expect(found).toContain("home has no z");
  expect(found).toContain("unused: a");
});

test("Japanese in an English value, other places, an empty value", () => {
  const found = plant({ a: "会議 {{x}}", b: "い" }, { a: "会議 {{y}}", b: " " }, use('t("a"); t("b")'));
  expect(found).toContain("Japanese in a");
  expect(found).toContain("other places than in Japanese: a");
  expect(found).toContain("empty: b");
});

test("words in a source", () => {
  const found = plant(
    { a: "あ" },
    { a: "a" },
    use('t("a"); const x = <p>会議を始める</p>; // 注釈\nconst y = <p>Start the meeting</p>;'),
  );
  expect(found.some((text) => text.startsWith("Japanese in line 2"))).toBe(true);
  expect(found.some((text) => text.startsWith("words in line 3"))).toBe(true);
  expect(found).toHaveLength(2);
});
