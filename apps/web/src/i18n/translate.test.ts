import { expect, test } from "vitest";
import { firstLanguage } from "./language.ts";
import { fill, fillParts, sentenceOf } from "./translate.ts";

test("a count chooses the form, a form that a language lacks falls back to other", () => {
  const en = { fix_one: "{{count}} thing", fix_other: "{{count}} things" };
  expect(sentenceOf("en", en, "fix", 1)).toBe("{{count}} thing");
  expect(sentenceOf("en", en, "fix", 3)).toBe("{{count}} things");
  expect(sentenceOf("ja", { fix_other: "{{count}} 件" }, "fix", 1)).toBe("{{count}} 件");
  expect(sentenceOf("ja", { fix: "{{count}} 件" }, "fix", 1)).toBe("{{count}} 件");
});

test("places are filled, unknown places stay visible, values are never read as places", () => {
  expect(fill("{{a}} と {{b}}", { a: "{{b}}", b: 2 })).toBe("{{b}} と 2");
  expect(fill("{{a}}", {})).toBe("{{a}}");
  expect(fillParts("x {{a}} y", { a: 7 })).toEqual(["x ", 7, " y"]);
});

test("language: own choice, then the browser's order, then Japanese", () => {
  expect(firstLanguage("en", ["ja"])).toBe("en");
  expect(firstLanguage(null, ["fr-FR", "en-GB", "ja"])).toBe("en");
  expect(firstLanguage("xx", ["fr"])).toBe("ja");
});
