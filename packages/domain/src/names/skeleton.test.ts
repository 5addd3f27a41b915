import fc from "fast-check";
import { expect, test } from "vitest";
import { looksLike, nameProblem, presentable, skeletonOf } from "./skeleton.ts";

const same: readonly [string, string][] = [
  ["Ken Tanaka", "ken tanaka"],
  ["Ken Tanaka", "KEN　TANAKA"],
  ["Ken Tanaka", "Ｋｅｎ Ｔａｎａｋａ"],
  ["Ken Tanaka", "Кen Tаnaka"],
  ["Ken Tanaka", "K\u200Ben Ta\u00ADnaka"],
  ["Ken Tanaka", "Kén Tānaka"],
  ["Ken Tanaka", "Ken\u202ETanaka"],
  ["PayPal", "PayPaI"],
  ["PayPal", "PayPa1"],
  ["Paul", "Раul"],
  ["Otto", "0tt0"],
  ["佐藤 花子", "佐藤花子"],
  ["佐藤 花子", "佐藤・花子"],
  ["佐藤 花子", "佐藤（花子）"],
  ["ﾀﾅｶ", "タナカ"],
  ["ﾊﾞﾊﾞ", "ババ"],
  ["カトウ", "力トウ"],
  ["へいた", "ヘいた"],
  ["ニコ", "二コ"],
  ["渡邊", "渡辺"],
  ["渡邉", "渡辺"],
  ["高橋", "髙橋"],
  ["斎藤", "齋藤"],
  ["山崎", "山﨑"],
  ["吉田", "𠮷田"],
];

const apart: readonly [string, string][] = [
  ["はな", "ばな"],
  ["はな", "ぱな"],
  ["カト", "ガト"],
  ["Ken", "Kenji"],
  ["佐藤", "伊藤"],
  ["Jan", "Ian"],
  ["花子", "華子"],
];

test.each(same)("[ADM-10] %s and %s look alike", (a, b) => {
  expect(skeletonOf(b)).toBe(skeletonOf(a));
  expect(looksLike(a, b)).toBe(true);
});

test.each(apart)("[ADM-10] %s and %s are different names", (a, b) => {
  expect(looksLike(a, b)).toBe(false);
});

test("[ADM-10] a skeleton is stable under compatibility forms, case, spaces and invisible characters", () => {
  const invisible = fc.constantFrom("", " ", "　", "\u200B", "\u200D", "\uFEFF", "\u00AD", "・", "-");
  const letter = fc.constantFrom(..."abcxyzABCXYZ佐藤花ハバパがサ力ー0159");
  const name = fc.array(fc.tuple(letter, invisible), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(name, (parts) => {
      const plain = parts.map(([one]) => one).join("");
      const dressed = parts.map(([one, extra]) => one + extra).join("");
      for (const form of ["NFC", "NFD", "NFKC", "NFKD"] as const)
        expect(skeletonOf(dressed.normalize(form))).toBe(skeletonOf(plain));
      expect(skeletonOf(plain.toUpperCase())).toBe(skeletonOf(plain.toLowerCase()));
    }),
  );
});

test("[ADM-10] the skeleton of a skeleton is itself, for any text", () => {
  // A space is folded away between two marks; a letter meets its mark; a syllable comes together.
  for (const text of ["\u{1D157}\u{1D165}\uFE72", "力\u00AD\u3099", "가\u00AD\u11A8"])
    expect(skeletonOf(skeletonOf(text))).toBe(skeletonOf(text));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 40 }), (text) => {
      expect(skeletonOf(skeletonOf(text))).toBe(skeletonOf(text));
    }),
  );
});

const problems: readonly [string, ReturnType<typeof nameProblem>][] = [
  ["山田 太郎", null],
  ["O'Neill-Smith", null],
  ["𠮷".repeat(64), null],
  ["", "empty"],
  [" 　 ", "empty"],
  ["\u200B\u00AD\u2060", "empty"],
  ["あ".repeat(65), "too_long"],
  ["Ken\u202Egnp", "forbidden_characters"],
  ["Ken\u2066Tanaka", "forbidden_characters"],
  ["Ken\nTanaka", "forbidden_characters"],
  ["Ken\u0000", "forbidden_characters"],
  ["Ken\uD800", "forbidden_characters"],
];

test.each(problems)("[ADM-10] the name %j: %s", (name, problem) => {
  expect(nameProblem(name)).toBe(problem);
});

test("[ADM-10] whatever is typed, what is kept of it is short, on one line and well formed", () => {
  const hostile = fc.array(fc.constantFrom("a", "\u0000", "\n", "\uD800", "𠮷", "\u202E", "山"), {
    maxLength: 200,
  });
  fc.assert(
    fc.property(hostile, (parts) => {
      const kept = presentable(parts.join(""), 64);
      expect(kept.isWellFormed()).toBe(true);
      expect([...kept].length).toBeLessThanOrEqual(64);
      expect(kept).not.toMatch(/\p{Cc}/u);
    }),
  );
});
