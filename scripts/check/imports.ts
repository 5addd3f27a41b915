/** Which file imports what: read from the text, which the formatter keeps regular. */
import { posix } from "node:path";
import { withoutComments, type SourceFile } from "./files.ts";

export type Import = {
  readonly from: string;
  readonly line: number;
  /** As written. */
  readonly specifier: string;
  /** Path from the root for a file of ours, else null. */
  readonly file: string | null;
};

const statements =
  /(?:^|[\s;}])(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?["']([^"']+)["']|\bimport\(\s*["'`]([^"'`]+)["'`]|\b(?:require|vi\.mock|vi\.importActual)\(\s*["']([^"']+)["']/gu;

export function importsOf({ path, text }: SourceFile): readonly Import[] {
  const found: Import[] = [];
  const code = withoutComments(text);
  for (const match of code.matchAll(statements)) {
    const specifier = match[1] ?? match[2] ?? match[3];
    if (specifier === undefined) continue;
    const line = code.slice(0, match.index + match[0].length).split("\n").length;
    found.push({ from: path, line, specifier, file: fileOf(path, specifier) });
  }
  return found;
}

function fileOf(from: string, specifier: string): string | null {
  if (specifier.startsWith(".")) return posix.normalize(posix.join(posix.dirname(from), specifier));
  const own = /^@sekisho\/(domain|contract|testkit)(?:\/|$)/u.exec(specifier)?.[1];
  if (own !== undefined) return `packages/${own}/src/index.ts`;
  const app = /^@sekisho\/(server|web)(?:\/|$)/u.exec(specifier)?.[1];
  return app === undefined ? null : `apps/${app}/src/index.ts`;
}

/** `zod` of `zod/v4`, `@scope/name` of `@scope/name/part`. */
export function packageOf(specifier: string): string {
  const parts = specifier.split("/");
  return specifier.startsWith("@") ? parts.slice(0, 2).join("/") : (parts[0] ?? specifier);
}
