import { expect, test } from "vitest";
import { placeName } from "./place.ts";

test("a place is named with its country in the reader's language", () => {
  expect(placeName({ country: "JP", label: "東京" }, "ja")).toBe("日本（東京）");
  expect(placeName({ country: "JP", label: "Tokyo" }, "en")).toBe("Japan (Tokyo)");
});

test("no country is made up where none is set", () => {
  expect(placeName({ country: "", label: "東京" }, "ja")).toBe("東京");
  expect(placeName({ country: "国内", label: "東京" }, "ja")).toBe("国内（東京）");
});
