import { expect, test } from "vitest";
import { base32, matchingStep, plainCode, totpCode, totpStep, totpUri } from "./totp.ts";

const secret = Buffer.from("12345678901234567890");

test("[IDN-2] codes are those of RFC 6238, appendix B, in six digits", () => {
  const at = (seconds: number) => totpCode(secret, totpStep(seconds * 1000));
  expect([59, 1_111_111_109, 1_111_111_111, 1_234_567_890, 2_000_000_000, 20_000_000_000].map(at)).toEqual([
    "287082",
    "081804",
    "050471",
    "005924",
    "279037",
    "353130",
  ]);
});

test("[IDN-2] a code is good one step early and late, and no further", () => {
  const now = 1_700_000_000_000;
  const step = totpStep(now);
  const found = [-2, -1, 0, 1, 2].map((by) => matchingStep(secret, totpCode(secret, step + by), now));
  expect(found).toEqual([null, step - 1, step, step + 1, null]);
  expect(matchingStep(secret, "12345", now)).toBeNull();
  expect(matchingStep(secret, "abcdef", now)).toBeNull();
});

test("[IDN-2] the address for apps escapes what would be a part of it", () => {
  expect(base32(secret)).toBe("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
  const uri = new URL(totpUri(secret, "緑&secret=A", "a:b@例.jp"));
  expect(uri.searchParams.getAll("secret")).toEqual([base32(secret)]);
  expect(uri.searchParams.get("issuer")).toBe("緑&secret=A");
});

test("[IDN-2] full width, spaces and hyphens are the same code", () => {
  expect(plainCode(" １２３ー４５６ ")).toBe("123456");
  expect(plainCode("abcde-fghjk")).toBe("ABCDEFGHJK");
});
