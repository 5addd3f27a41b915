import { flagsInForce, flagsOf, barrierFlags } from "@sekisho/domain";
import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import en from "../../i18n/en/barriers-settings.json";
import ja from "../../i18n/ja/barriers-settings.json";

const guide = (language: string) =>
  readFile(new URL(`../../../../../docs/guide/${language}/barriers.md`, import.meta.url), "utf8");

test("[BAR-16] what no wall here reaches is said in the portal and in the guide, in both languages", async () => {
  for (const words of [ja, en])
    for (const hole of ["elsewhere", "files", "channels", "outside"] as const) {
      expect(words[`coverage.${hole}`].length).toBeGreaterThan(0);
      expect(words[`coverage.${hole}.note`].length).toBeGreaterThan(0);
    }
  expect(await guide("ja")).toContain("ほかのサーバーの会議");
  expect(await guide("en")).toContain("Meetings on other servers");
});

test("[BAR-16] [BAR-1] the portal says which channels do not exist yet as long as that is so", () => {
  const missing = barrierFlags.filter((flag) => !flagsOf(flagsInForce).includes(flag));
  expect(missing).toEqual(["file_transfer", "recording", "im", "complete_phone_calls", "message_via_sms"]);
  for (const word of ["チャット", "通話", "SMS", "ファイル", "録画"])
    expect(ja["coverage.channels.note"]).toContain(word);
  for (const word of ["chat", "call", "SMS", "file", "recording"])
    expect(en["coverage.channels.note"].toLowerCase()).toContain(word.toLowerCase());
});
