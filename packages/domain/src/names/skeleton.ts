/**
 * Which names look alike (ADM-10). A name's skeleton is its NFKC form, lower case, without spaces, marks and
 * invisible characters, with the letters that pass for one another folded together (Unicode TS 39, section 4).
 */
import { lookalikes } from "./lookalikes.ts";

/** Invisible or formatting characters: they change nothing that a person sees. */
const invisible = /[\p{Cf}\p{Cc}\p{Me}\p{Default_Ignorable_Code_Point}\u2800\u{1D159}]/gu;
/** Accents of alphabets; the kana's own marks (が, パ) are other letters and stay. */
const accents = /[\u0300-\u036f]/gu;
const separators = /[\p{Z}\s・･.,，、。\-‐‑–—_'’`"()（）]/gu;

/** How often a name is folded at most. Names settle in two rounds, made-up text in three; no text may go on for ever. */
const mostRounds = 8;

/** `displayName`: any string up to some hundreds of characters. The result is for comparing only, never for show. */
export function skeletonOf(displayName: string): string {
  let kept = foldOnce(displayName);
  // What is removed or lower-cased brings marks beside letters that they combine with: folded until nothing changes.
  for (let round = 1; round < mostRounds; round += 1) {
    const next = foldOnce(kept);
    if (next === kept) break;
    kept = next;
  }
  return kept;
}

function foldOnce(text: string): string {
  const folded = text
    .normalize("NFKC")
    .normalize("NFD")
    .replace(accents, "")
    .normalize("NFC")
    .replace(invisible, "")
    .replace(separators, "");
  return [...folded.toLowerCase()].map((letter) => lookalikes.get(letter) ?? letter).join("");
}

export function looksLike(a: string, b: string): boolean {
  return skeletonOf(a) === skeletonOf(b);
}

/** Controls, direction overrides, and halves of a surrogate pair, which no database stores as text. */
const forbidden = /[\p{Cc}\p{Cs}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\u2028\u2029]/u;

/**
 * What a name may be at all: 1–64 visible characters (code points) on one line, without direction overrides or control
 * characters, which could make one name appear as another.
 */
export function nameProblem(displayName: string): "empty" | "too_long" | "forbidden_characters" | null {
  const name = displayName.normalize("NFC").trim();
  if (name.replace(invisible, "").replace(/[\p{Z}\s]/gu, "") === "") return "empty";
  if ([...name].length > 64) return "too_long";
  return forbidden.test(name) ? "forbidden_characters" : null;
}

/**
 * What is kept of a text that was refused or never checked: without forbidden characters (line breaks too, unless
 * `lines`), at most `max` code points, never half of one.
 */
export function presentable(text: string, max: number, lines = false): string {
  const kept = [...text].filter((one) => (lines && one === "\n") || !forbidden.test(one));
  return kept.slice(0, max).join("").trim();
}
