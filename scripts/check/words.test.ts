import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { hosts } from "./words.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

test("[DAT-5] no file that ships names the host of somebody else", async () => {
  expect(await hosts.run(root)).toEqual([]);
});
