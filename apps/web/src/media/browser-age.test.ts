import { expect, test } from "vitest";
import { isTooOld } from "./browser-age.ts";

const mac = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7)";
const webkit = "AppleWebKit/605.1.15 (KHTML, like Gecko)";
const phone = (os: string) => `Mozilla/5.0 (iPhone; CPU iPhone OS ${os} like Mac OS X) ${webkit}`;
const chromium = "AppleWebKit/537.36 (KHTML, like Gecko)";

test.each([
  ["Chrome 119", `${mac} ${chromium} Chrome/119.0.0.0 Safari/537.36`],
  ["Edge 98", `Mozilla/5.0 (Windows NT 10.0) ${chromium} Chrome/98.0.0.0 Safari/537.36 Edg/98.0.0.0`],
  [
    "an Android browser of 2021",
    `Mozilla/5.0 (Linux; Android 11) ${chromium} Chrome/92.0.0.0 Mobile Safari/537.36`,
  ],
  ["Firefox 115", "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0"],
  ["Safari 15", `${mac} ${webkit} Version/15.6 Safari/605.1.15`],
  ["an iPhone with iOS 15", `${phone("15_8")} Version/15.6 Mobile/15E148 Safari/604.1`],
  ["Chrome on iOS 14", `${phone("14_4")} CriOS/120.0.6099.119 Mobile/15E148 Safari/604.1`],
])("[SEC-8] %s is too old", (_, userAgent) => {
  expect(isTooOld(userAgent)).toBe(true);
});

test.each([
  ["Chrome 120", `${mac} ${chromium} Chrome/120.0.0.0 Safari/537.36`],
  [
    "a headless Chromium",
    `Mozilla/5.0 (X11; Linux x86_64) ${chromium} HeadlessChrome/143.0.0.0 Safari/537.36`,
  ],
  ["Firefox 140", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"],
  ["Safari 26", `${mac} ${webkit} Version/26.0 Safari/605.1.15`],
  ["an iPhone with iOS 16", `${phone("16_7")} Version/16.6 Mobile/15E148 Safari/604.1`],
  ["a browser that nobody knows", "Ladybird/1.0"],
])("[SEC-8] %s may come in", (_, userAgent) => {
  expect(isTooOld(userAgent)).toBe(false);
});
