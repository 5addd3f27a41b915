import { expect, test } from "vitest";
import { groupCode, normalizeCode } from "./code.ts";

test("full-width letters, digits and every kind of dash are accepted", () => {
  expect(normalizeCode("ｋｈ４ｔ－９ｗｒｍ－３ｘ")).toBe("KH4T9WRM3X");
  expect(normalizeCode(" kh4t ー 9wrm−3x ")).toBe("KH4T9WRM3X");
  expect(normalizeCode("kh4t–9wrm　3x\n")).toBe("KH4T9WRM3X");
  expect(normalizeCode("１２３ｰ４５６")).toBe("123456");
});

test("groups for reading, without a trailing dash", () => {
  expect(groupCode("KH4T9WRM3X")).toBe("KH4T-9WRM-3X");
  expect(groupCode("KH4T")).toBe("KH4T");
  expect(groupCode("123456", 3)).toBe("123-456");
  expect(groupCode("")).toBe("");
});
