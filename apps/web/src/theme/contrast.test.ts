import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const css = readFileSync(new URL("./tokens.css", import.meta.url), "utf8");

function block(selector: string): ReadonlyMap<string, string> {
  const start = css.indexOf(selector);
  const body = css.slice(css.indexOf("{", start) + 1, css.indexOf("}", start));
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map((found) => [found[1] ?? "", found[2] ?? ""]),
  );
}

function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [red = 0, green = 0, blue = 0] = channels.map((c) =>
    c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function ratio(one: string, other: string): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

const SURFACES = ["bg", "surface", "sunken", "raised"];
const TEXT = 4.5;
const EDGE = 3;

/** [token, what it may stand on, limit] */
const PAIRS: readonly (readonly [string, readonly string[], number])[] = [
  ["text", [...SURFACES, "primary-soft", "warn-soft", "danger-soft", "ok-soft"], TEXT],
  ["text-2", [...SURFACES, "primary-soft", "warn-soft", "danger-soft", "ok-soft"], TEXT],
  ["text-3", SURFACES, TEXT],
  ["edge", SURFACES, EDGE],
  ["primary", [...SURFACES, "primary-soft"], EDGE],
  ["on-primary", ["primary", "primary-hover"], TEXT],
  ["primary-text", [...SURFACES, "primary-soft"], TEXT],
  ["focus", [...SURFACES, "primary-soft"], EDGE],
  ["danger", SURFACES, EDGE],
  ["on-danger", ["danger", "danger-hover"], TEXT],
  ["danger-text", [...SURFACES, "danger-soft"], TEXT],
  ["warn", [...SURFACES, "warn-soft"], TEXT],
  ["ok", [...SURFACES, "ok-soft"], TEXT],
  ["on-high", ["high"], TEXT],
  ["high-edge", SURFACES, EDGE],
  ["medium", [...SURFACES, "medium-soft"], TEXT],
  ["low", SURFACES, TEXT],
  ["on-block", ["block"], TEXT],
];

for (const theme of ["light", "dark"]) {
  const tokens = block(`[data-theme="${theme}"]`);
  test.each(PAIRS)(`${theme}: %s reaches its contrast`, (token, grounds, limit) => {
    const colour = tokens.get(token);
    expect(colour, token).toBeDefined();
    for (const ground of grounds) {
      const found = ratio(colour ?? "", tokens.get(ground) ?? "");
      expect(found, `${token} on ${ground}`).toBeGreaterThanOrEqual(limit);
    }
  });
}

test("the name tag holds over white video", () => {
  // rgb(12 14 17 / .82) over white, the worst picture behind it.
  const over = (c: number) =>
    Math.round(c * 0.82 + 255 * 0.18)
      .toString(16)
      .padStart(2, "0");
  const ground = `#${over(12)}${over(14)}${over(17)}`;
  const dark = block('[data-theme="dark"]');
  for (const token of ["tag-text", "ok", "warn"]) {
    expect(ratio(dark.get(token) ?? "", ground), token).toBeGreaterThanOrEqual(TEXT);
  }
});
