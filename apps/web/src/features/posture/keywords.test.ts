import { expect, test } from "vitest";
import { keywordsOf } from "./keywords.ts";

test("[OPS-1] keywords are separated by commas of either width, and each counts once", () => {
  expect(keywordsOf(" livekit, node.js、PostgreSQL，livekit,, x ")).toEqual([
    "livekit",
    "node.js",
    "PostgreSQL",
  ]);
});
