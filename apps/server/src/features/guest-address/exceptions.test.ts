import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { readAddress, readDomain } from "../../platform/mail/address.ts";
import { readExceptions } from "./exceptions.ts";

test.each([
  ["Ohba@Tokiwagi.Example", "ohba@tokiwagi.example"],
  [" ＯＨＢＡ＠ｔｏｋｉｗａｇｉ．ｅｘａｍｐｌｅ ", "ohba@tokiwagi.example"],
  ["ohba@tokiwagi.example.", "ohba@tokiwagi.example"],
  ["ohba@常磐木。example", "ohba@xn--rutw2romp.example"],
  ["ohba@xn--RUTW2ROMP.example", "ohba@xn--rutw2romp.example"],
])("[BAR-8] %s is one address however it is written", (typed, address) => {
  expect(readAddress(typed)).toMatchObject({ address });
});

test.each([
  "",
  "ohba",
  "@tokiwagi.example",
  "ohba@",
  "ohba@localhost",
  "a@b@tokiwagi.example\r\nBcc: x@y.example",
  "ohba@tokiwagi.example, x@y.example",
  '"ohba x"@tokiwagi.example',
  "ohba@[127.0.0.1]",
  "oh\u200bba@tokiwagi.example",
  "оhba@tokiwagi.example",
  `${"a".repeat(65)}@tokiwagi.example`,
  "ohba..x@tokiwagi.example",
])("[BAR-8] %j is no address", (typed) => {
  expect(readAddress(typed)).toBeNull();
});

test("[BAR-8] a domain is compared by its ASCII form, whole", () => {
  expect(readDomain("常磐木.example")).toBe(readDomain("XN--RUTW2ROMP.example"));
  expect(readDomain("tokiwagi")).toBeNull();
});

const macOf = (address: string) => createHash("sha256").update(address).digest();
const target = (typed: string, listed: Parameters<typeof readExceptions>[0]) => {
  const read = readAddress(typed);
  return read === null ? null : readExceptions(listed, macOf).targetOf(read);
};

test("[BAR-8] a code goes to the mailbox that was named, whatever tag was typed", () => {
  const named = [{ kind: "address", value: "Ohba@tokiwagi.example" }] as const;
  expect(target("ohba@tokiwagi.example", named)).toBe("ohba@tokiwagi.example");
  expect(target("ohba+bank@tokiwagi.example", named)).toBe("ohba@tokiwagi.example");
  expect(target("ohba2@tokiwagi.example", named)).toBeNull();
  const tagged = [{ kind: "address", value: "ohba+bank@tokiwagi.example" }] as const;
  expect(target("ohba+bank@tokiwagi.example", tagged)).toBe("ohba+bank@tokiwagi.example");
  expect(target("ohba@tokiwagi.example", tagged)).toBeNull();
});

test("[BAR-8] a verified domain is that very domain, not what ends like it", () => {
  const domain = [{ kind: "domain", value: "tokiwagi.example" }] as const;
  expect(target("anybody+x@tokiwagi.example", domain)).toBe("anybody+x@tokiwagi.example");
  for (const other of ["a@mail.tokiwagi.example", "a@xtokiwagi.example", "a@tokiwagi.example.org"])
    expect(target(other, domain)).toBeNull();
});

test("[BAR-8] what was proved is excepted for as long as the rule stands", () => {
  const proved = { addressMac: macOf("ohba@tokiwagi.example"), domain: "tokiwagi.example" };
  const covers = (...listed: Parameters<typeof readExceptions>[0]) =>
    readExceptions(listed, macOf).covers(proved);
  expect(covers({ kind: "address", value: "ohba@tokiwagi.example" })).toBe(true);
  expect(covers({ kind: "domain", value: "tokiwagi.example" })).toBe(true);
  expect(covers({ kind: "address", value: "other@tokiwagi.example" })).toBe(false);
  // An address where a domain belongs, and the reverse, excepts nobody.
  expect(covers({ kind: "domain", value: "ohba@tokiwagi.example" })).toBe(false);
  expect(covers()).toBe(false);
});
