import { expect, test } from "vitest";
import { algorithms, cryptrecList, listedSuite } from "./listed.ts";

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

test("[ENC-6] a suite of TLS is said to be recommended by its encryption alone, and not by guessing", () => {
  expect(listedSuite("TLSv1.3 TLS_AES_256_GCM_SHA384")).toBe("recommended");
  expect(listedSuite("TLSv1.2 TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256")).toBe("candidate");
  expect(listedSuite("TLSv1.2 TLS_RSA_WITH_AES_128_CBC_SHA")).toBe("unknown");
});
