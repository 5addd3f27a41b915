import { expect, test } from "vitest";
import { channelRefusal, pageProofOf, passcodeChannels, readPhone } from "./passcode-channels.ts";

const all = { mail: true, sms: true };
const nothing = { mail: false, sms: false };
const bare = { secondEmail: null, phone: null };
const both = { secondEmail: "oba@home.example", phone: "+819012345678" };

test("[INV-1] without a second address or number only the telephone is left for the passcode", () => {
  const open = passcodeChannels.filter((one) => channelRefusal(one, bare, all) === null);
  expect(open).toEqual(["readOut"]);
});

test("[INV-1] each channel says what it lacks", () => {
  expect(channelRefusal("sms", both, nothing)).toBe("noSms");
  expect(channelRefusal("sms", bare, all)).toBe("noNumber");
  expect(channelRefusal("secondMail", bare, all)).toBe("noSecondAddress");
  expect(channelRefusal("oneTimePage", bare, all)).toBe("noProof");
  expect(channelRefusal("oneTimePage", both, nothing)).toBe("noMail");
  expect(passcodeChannels.map((one) => channelRefusal(one, both, all))).toEqual([null, null, null, null]);
});

test("[INV-1] the code of a one-time page goes to the number, else to the second address, else nowhere", () => {
  expect(pageProofOf(both, all)).toBe("sms");
  expect(pageProofOf(both, { mail: true, sms: false })).toBe("secondMail");
  expect(pageProofOf({ ...both, secondEmail: null }, { mail: true, sms: false })).toBeNull();
  expect(pageProofOf(bare, all)).toBeNull();
});

test.each([
  ["+81 90-1234-5678", "+819012345678"],
  ["０９０−１２３４−５６７８", "+819012345678"],
  ["03 (1234) 5678", "+81312345678"],
  ["+44 20 7946 0958", "+442079460958"],
  ["0081901234567", null],
  ["090-1234", null],
  ["+0123456789", null],
  ["+8190\r\n1234x5678", null],
  ["", null],
])("[INV-1] the number %s is kept as %s", (typed, kept) => {
  expect(readPhone(typed)).toBe(kept);
});
