import { expect, test } from "vitest";
import { algorithms, cryptrecList } from "./listed.ts";

test("[ENC-6] every algorithm of both suites stands on CRYPTREC's list of recommended ones", () => {
  const all = Object.values(algorithms).flat();
  expect(all.every(({ listedAs }) => listedAs.length > 0)).toBe(true);
  for (const { name, listedAs } of all)
    for (const one of listedAs) {
      expect(cryptrecList.names).toContain(one);
      if (one !== "AES" && one !== "GCM" && !name.startsWith("ECDSA")) expect(name).toContain(one);
    }
  expect(cryptrecList.number).toMatch(/^CRYPTREC LS-\d{4}-\d{4}R\d+$/u);
});
