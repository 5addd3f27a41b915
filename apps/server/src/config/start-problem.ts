import { problemTexts } from "./start-messages.ts";

export type Language = "ja" | "en";
export type ProblemCode = keyof typeof problemTexts;

/**
 * A reason the server cannot start, told to whoever typed the command in one sentence that says what to do.
 * Everything else thrown during a start is a defect of ours.
 */
export class StartProblem extends Error {
  readonly code: ProblemCode;
  readonly details: Readonly<Record<string, string>>;

  constructor(code: ProblemCode, details: Readonly<Record<string, string>> = {}, cause?: unknown) {
    super(fill(problemTexts[code].en, details), cause === undefined ? {} : { cause });
    this.name = "StartProblem";
    this.code = code;
    this.details = details;
  }

  /** The sentence in the reader's language. */
  sentence(language: Language): string {
    return fill(problemTexts[this.code][language], this.details);
  }
}

/** Replaces each `{name}` by its value; an unknown name stays visible, so that a typing error is seen. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Node's error code (`ENOENT`, `ENOSPC`, …) of anything thrown, or `undefined`. */
export function systemErrorCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error)) return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}
