/** The project's own files: what people wrote, not what tools made. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export type SourceFile = {
  /** From the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
};

const skipped = new Set([
  "node_modules",
  "dist",
  "data",
  ".cache",
  ".git",
  "coverage",
  "test-results",
  "results",
]);

export function pathsUnder(root: string, folder = ""): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    if (skipped.has(entry.name)) continue;
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) found.push(...pathsUnder(root, path));
    else if (entry.isFile()) found.push(path);
  }
  return found;
}

export function filesOf(root: string, wanted: (path: string) => boolean): readonly SourceFile[] {
  return pathsUnder(root)
    .filter(wanted)
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
}

export function isSource(path: string): boolean {
  return /\.(?:ts|tsx|mjs)$/u.test(path) && !path.endsWith(".d.ts");
}

/** Tests, their helpers, and the gallery of states, which no user loads. */
export function isTest(path: string): boolean {
  return /\.test\.tsx?$|(?:^|\/)(?:testing|gallery)\//u.test(path) || path.startsWith("e2e/");
}

/** Code that runs where the product runs. */
export function isShipped(path: string): boolean {
  const inside = path.startsWith("apps/") || /^packages\/(?:domain|contract)\//u.test(path);
  return inside && !isTest(path);
}

/** Text without comments, with its line breaks: for rules about code, not about talk. */
export function withoutComments(text: string): string {
  return text
    .replace(/\/\*[\s\S]*?\*\//gu, (comment) => comment.replace(/[^\n]/gu, ""))
    .replace(/(^|[\s;{}(),])\/\/[^\n]*/gu, "$1");
}

export function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
