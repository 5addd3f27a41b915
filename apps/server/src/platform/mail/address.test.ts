import { expect, test } from "vitest";
import { sameMailbox } from "./address.ts";

test("[INV-1] an address is no second one under another spelling", () => {
  for (const [one, other] of [
    ["oba@tokiwagi.example", "OBA@tokiwagi.example"],
    ["oba@tokiwagi.example", "oba+passcode@tokiwagi.example"],
    ["ｏｂａ@tokiwagi.example", "oba@Tokiwagi.example."],
    ["o.b.a@gmail.com", "oba+1@googlemail.com"],
    ["oba@tokiwagi.example", "no address"],
  ] as const)
    expect(sameMailbox(one, other), `${one} ${other}`).toBe(true);
  expect(sameMailbox("oba@tokiwagi.example", "o.ba@tokiwagi.example")).toBe(false);
  expect(sameMailbox("oba@tokiwagi.example", "oba@home.example")).toBe(false);
});
