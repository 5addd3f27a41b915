import { expect, test } from "vitest";
import { matches } from "./setting-words.ts";

test("[AUD-3] settings are found by label, by their old names, in English, in any width and case", () => {
  const texts = ["画面共有のとき録画する", "レコーディング ビデオ録画 record screen share"];
  for (const query of ["録画", "レコーディング", "ﾚｺｰﾃﾞｨﾝｸﾞ", "RECORD", "ＲＥＣＯＲＤ share", " "])
    expect([query, matches(texts, query)]).toEqual([query, true]);
  expect(matches(texts, "待機室")).toBe(false);
  expect(matches(texts, "録画 待機室")).toBe(false);
});
