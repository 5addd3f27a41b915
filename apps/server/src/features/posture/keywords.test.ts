import { expect, test } from "vitest";
import { keywordsIn } from "./keywords.ts";

test("[OPS-1] a keyword is a whole word, in any width and case, also between Japanese letters", () => {
  const words = ["node", "postgresql", "LiveKit"];
  expect(keywordsIn("ＬＩＶＥＫＩＴにおけるDoSの脆弱性", words)).toEqual(["LiveKit"]);
  expect(keywordsIn("anode, nodes, mynode2 and PostgreSQLの脆弱性", words)).toEqual(["postgresql"]);
  expect(keywordsIn("nodes of a node", words)).toEqual(["node"]);
  expect(keywordsIn("", words)).toEqual([]);
  expect(keywordsIn("x", [""])).toEqual([]);
});
