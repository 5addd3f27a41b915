/**
 * Filters (RFC 7644 §3.4.2.2) and the paths of PATCH (§3.5.2), read into a tree. Length, terms and depth are limited: who
 * sends one may be anybody with a token. Names of attributes and operators have no case; both come back in lower case.
 */
import { ScimError } from "./scim-error.ts";

export type FilterValue = string | number | boolean | null;
export const comparisons = ["eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le"] as const;
export type Comparison = (typeof comparisons)[number];

/** `schema`: the URN before it, in lower case; null: none. */
export type AttributePath = {
  readonly schema: string | null;
  readonly name: string;
  readonly sub: string | null;
};
export type Filter =
  | {
      readonly kind: "compare";
      readonly path: AttributePath;
      readonly op: Comparison;
      readonly value: FilterValue;
    }
  | { readonly kind: "present"; readonly path: AttributePath }
  | { readonly kind: "and" | "or"; readonly left: Filter; readonly right: Filter }
  | { readonly kind: "not"; readonly filter: Filter }
  /** One element of a multi-valued attribute fits the whole of it. */
  | { readonly kind: "some"; readonly path: AttributePath; readonly filter: Filter };

/** `emails[type eq "work"].value`. */
export type PatchPath = AttributePath & { readonly where: Filter | null };

const longest = 2000;
const mostTokens = 200;
const deepest = 10;

/** Throws `invalidFilter`. */
export function parseFilter(text: string): Filter {
  const reader = readerOf(text, "invalidFilter");
  const filter = anyOf(reader, 0);
  if (reader.peek() !== null) reader.fail();
  return filter;
}

/** Throws `invalidPath`. */
export function parsePath(text: string): PatchPath {
  const reader = readerOf(text, "invalidPath");
  const path = attributeOf(reader);
  if (reader.peek() === null) return { ...path, where: null };
  reader.expect("[");
  const where = anyOf(reader, 0);
  reader.expect("]");
  const last = reader.peek();
  if (last === null) return { ...path, where };
  const sub = /^\.([a-z$][\w$-]*)$/iu.exec(last)?.[1];
  if (sub === undefined || path.sub !== null) return reader.fail();
  reader.next();
  if (reader.peek() !== null) reader.fail();
  return { ...path, sub: sub.toLowerCase(), where };
}

type Reader = {
  peek(): string | null;
  next(): string;
  expect(token: string): void;
  fail(): never;
};

function readerOf(text: string, problem: "invalidFilter" | "invalidPath"): Reader {
  const fail = (): never => {
    throw new ScimError(400, problem, "It is not a filter or path that can be read.");
  };
  if (text.length > longest) fail();
  const tokens: string[] = [];
  const token = /\s+|[()[\]]|"(?:[^"\\]|\\.)*"|[^\s()[\]"]+/uy;
  while (token.lastIndex < text.length) {
    const found = token.exec(text)?.[0];
    if (found === undefined || tokens.length >= mostTokens) return fail();
    if (found.trim() !== "") tokens.push(found);
  }
  let at = 0;
  return {
    fail,
    peek: () => tokens[at] ?? null,
    next: () => tokens[at++] ?? fail(),
    expect(wanted) {
      if (tokens[at++] !== wanted) fail();
    },
  };
}

function isWord(reader: Reader, word: string): boolean {
  return reader.peek()?.toLowerCase() === word;
}

function anyOf(reader: Reader, depth: number): Filter {
  let left = allOf(reader, depth);
  while (isWord(reader, "or")) {
    reader.next();
    left = { kind: "or", left, right: allOf(reader, depth) };
  }
  return left;
}

function allOf(reader: Reader, depth: number): Filter {
  let left = oneOf(reader, depth);
  while (isWord(reader, "and")) {
    reader.next();
    left = { kind: "and", left, right: oneOf(reader, depth) };
  }
  return left;
}

function oneOf(reader: Reader, depth: number): Filter {
  if (depth >= deepest) reader.fail();
  if (isWord(reader, "not")) {
    reader.next();
    return { kind: "not", filter: inside(reader, ["(", ")"], depth) };
  }
  if (reader.peek() === "(") return inside(reader, ["(", ")"], depth);
  const path = attributeOf(reader);
  if (reader.peek() === "[") return { kind: "some", path, filter: inside(reader, ["[", "]"], depth) };
  const op = reader.next().toLowerCase();
  if (op === "pr") return { kind: "present", path };
  const known = comparisons.find((one) => one === op);
  if (known === undefined) return reader.fail();
  return { kind: "compare", path, op: known, value: valueOf(reader) };
}

function inside(reader: Reader, [open, close]: readonly [string, string], depth: number): Filter {
  reader.expect(open);
  const filter = anyOf(reader, depth + 1);
  reader.expect(close);
  return filter;
}

function attributeOf(reader: Reader): AttributePath {
  return splitPath(reader.next()) ?? reader.fail();
}

/** Null: not the name of an attribute. */
export function splitPath(text: string): AttributePath | null {
  const found = /^(?:(urn:[\w.:-]+):)?([a-z$][\w$-]*)(?:\.([a-z$][\w$-]*))?$/iu.exec(text);
  if (found === null) return null;
  const [, schema, name = "", sub] = found;
  return {
    schema: schema?.toLowerCase() ?? null,
    name: name.toLowerCase(),
    sub: sub?.toLowerCase() ?? null,
  };
}

function valueOf(reader: Reader): FilterValue {
  const token = reader.next();
  try {
    const value: unknown = JSON.parse(token.startsWith('"') ? token : token.toLowerCase());
    const isPlain = value === null || ["string", "number", "boolean"].includes(typeof value);
    return isPlain ? plainOf(value) : reader.fail();
  } catch {
    return reader.fail();
  }
}

function plainOf(value: unknown): FilterValue {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}
