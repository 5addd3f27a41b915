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

/** `displayName`: any string up to some hundreds of characters. The result is for comparing only, never for show. */
export function skeletonOf(displayName: string): string {
  const folded = displayName
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
