import { z } from "zod";

/** What a reader of docs/CONFIGURATION.md is told about a key. */
export type SettingNote = {
  /** Name of the environment variable. */
  readonly env: string;
  readonly type: string;
  readonly about: string;
  /** Told instead of the value, where it depends on something else. */
  readonly defaultNote?: string;
  /** Never printed, and example values are refused on an address others can reach. */
  readonly secret?: boolean;
};

/** `format`: what the type alone does not say. */
type Note = Omit<SettingNote, "type"> & { readonly format?: string };
const notes = new Map<z.ZodType, SettingNote>();

export function noteOf(schema: z.ZodType): SettingNote {
  const note = notes.get(schema);
  if (!note) throw new Error("a setting without a description");
  return note;
}

function describe<T extends z.ZodType>(schema: T, type: string, note: Note): T {
  notes.set(schema, { ...note, type: note.format ?? type });
  return schema;
}

/** Whole number; the environment gives it as digits. */
export function wholeNumber(range: { min: number; max: number; default: number }, note: Note) {
  const schema = numberIn(range).default(range.default);
  return describe(schema, `number, ${range.min}–${range.max}`, note);
}

export function optionalNumber(range: { min: number; max: number }, note: Note) {
  return describe(numberIn(range).optional(), `number, ${range.min}–${range.max}`, note);
}

function numberIn({ min, max }: { min: number; max: number }) {
  const digits = z
    .string()
    .regex(/^\d{1,9}$/)
    .transform(Number);
  return z.union([z.number(), digits]).pipe(z.number().int().min(min).max(max));
}

export function text(fallback: string, note: Note, pattern?: RegExp) {
  return describe(checked(pattern).default(fallback), "text", note);
}

export function optionalText(note: Note, pattern?: RegExp) {
  return describe(checked(pattern).optional(), "text", note);
}

function checked(pattern: RegExp | undefined) {
  const base = z.string().min(1).max(2_000);
  return pattern ? base.regex(pattern) : base;
}

export function optionalUrl(protocols: RegExp, note: Note) {
  return describe(urlOf(protocols).optional(), schemesOf(protocols), note);
}

export function url(fallback: string, protocols: RegExp, note: Note) {
  return describe(urlOf(protocols).default(fallback), schemesOf(protocols), note);
}

function schemesOf(protocols: RegExp): string {
  const known = ["http", "https", "ws", "wss", "postgres", "postgresql"];
  return `URL (${known.filter((scheme) => protocols.test(scheme)).join(", ")})`;
}

function urlOf(protocols: RegExp) {
  return z.url({ protocol: protocols });
}

export function choice<const T extends readonly [string, ...string[]]>(
  values: T,
  fallback: T[number],
  note: Note,
) {
  const schema = z.enum(values).default(fallback);
  return describe(schema, values.join(", "), note);
}

/** Several values: an array in the file, separated by commas in the environment. */
export function list(note: Note) {
  const split = z.string().transform((value) =>
    value
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== ""),
  );
  return describe(z.union([z.array(z.string()), split]).default([]), "list", note);
}
