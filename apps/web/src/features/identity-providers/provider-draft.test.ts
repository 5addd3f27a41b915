import { expect, test } from "vitest";
import { certificatesIn, domainsIn, newSettings, rulesFrom, rulesOf, wordsIn } from "./provider-draft.ts";

test("[IDN-3] domains are typed one a line, and names in other letters become what mail calls them", () => {
  expect(domainsIn("Midorino.Example\n\n @例え.jp \nmidorino.example")).toEqual([
    "midorino.example",
    "xn--r8jz45g.jp",
  ]);
  for (const wrong of ["midorino", "a b.example", "https://midorino.example", "192.0.2.1"])
    expect(domainsIn(wrong)).toBeUndefined();
});

test("[IDN-3] a new identity provider counts no second factor, makes no accounts and takes none over", () => {
  for (const kind of ["oidc", "saml"] as const)
    expect(rulesFrom(rulesOf(newSettings(kind)))).toEqual({
      secondFactorValues: [],
      createAccounts: false,
      linkByAddress: false,
    });
  expect(wordsIn("profile,email　groups")).toEqual(["profile", "email", "groups"]);
});

test("[IDN-3] certificates are pasted framed or bare, one or several", () => {
  const one = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----";
  expect(certificatesIn(`${one}\n${one.replace("AAAA", "BBBB")}`)).toHaveLength(2);
  expect(certificatesIn("AAAA\nBBBB\n\nCCCC\n")).toEqual(["AAAA\nBBBB", "CCCC"]);
  expect(certificatesIn(" \n")).toEqual([]);
});
