import { toString as qrCode } from "qrcode";
import type { Language } from "../../config/start-problem.ts";
import { startTexts } from "../../config/start-texts.ts";
import type { ServerParts } from "./start-parts.ts";

/** The last lines of a start: where to go, what to do first, where the data lies, how to stop. */
export async function summary(parts: ServerParts, setupUrl: string | null, isTTY: boolean): Promise<string> {
  const { config, listener } = parts;
  const words = wordsIn(config.language);
  const rows: [string, string][] = [[words("addressLabel"), listener.origin]];
  if (listener.caFile !== null) rows.push([words("authorityLabel"), listener.caFile]);
  rows.push([words("dataLabel"), config.dataDir], [words("stopLabel"), words("stopAbout")]);
  if (setupUrl !== null) rows.push([words("setUpLabel"), setupUrl]);
  const widest = Math.max(...rows.map(([label]) => columns(label)));
  const lines = rows.map(([label, value]) => `  ${label}${" ".repeat(widest - columns(label) + 2)}${value}`);
  const authority = listener.caFile === null ? [] : ["", `  ${words("authorityAbout")}`];
  const setUp = setupUrl === null ? [] : ["", `  ${words("setUpAbout")}`, await drawn(setupUrl, isTTY)];
  return ["", words("running"), "", ...lines, ...authority, ...setUp, ""].join("\n");
}

function drawn(url: string, isTTY: boolean): Promise<string> {
  return isTTY ? qrCode(url, { type: "terminal", small: true }) : qrCode(url, { type: "utf8" });
}

function wordsIn(language: Language) {
  return (text: keyof typeof startTexts) => startTexts[text][language];
}

/** Width in a terminal: Japanese letters take two columns. */
function columns(text: string): number {
  return Array.from(text).reduce(
    (sum, letter) => sum + (/[\u1100-\u115f\u2e80-\uffdc]/.test(letter) ? 2 : 1),
    0,
  );
}
