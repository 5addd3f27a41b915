/**
 * Functions of at most 50 lines of their own. What an inner function takes is counted there: a factory that returns
 * ten small functions is ten small functions. A component may have 65, for its markup takes a line an attribute.
 * Read by indentation, which the formatter keeps; tests and the gallery of states are free.
 */
import { filesOf, isSource, isTest, type SourceFile } from "./files.ts";
import type { Step } from "./step.ts";

const opens =
  /^(?:export )?(?:default )?(?:async )?function\b|^(?:public |private |static |async |get |set |#)*[\w#$]+(?:<.*>)?\(.*\{$|=>\s*[{(]$/u;
const notFunctions = /^(?:if|for|while|switch|catch|else|return|do|try)\b/u;

type Open = { readonly line: number; readonly indent: number; own: number; readonly name: string };

export function longFunctions({ path, text }: SourceFile): readonly string[] {
  const longest = path.endsWith(".tsx") ? 65 : 50;
  const found: string[] = [];
  const stack: Open[] = [];
  text.split("\n").forEach((raw, index) => {
    const line = raw.trim();
    if (line === "" || line.startsWith("//") || line.startsWith("*") || line.startsWith("/*")) return;
    const indent = raw.length - raw.trimStart().length;
    const top = stack.at(-1);
    if (top !== undefined) top.own += 1;
    if (top !== undefined && indent === top.indent && /^[)}\]]/u.test(line) && !/[{(]$/u.test(line)) {
      stack.pop();
      if (top.own > longest)
        found.push(`${path}:${String(top.line)}: ${top.name} has ${String(top.own)} lines`);
      return;
    }
    if (opens.test(line) && !notFunctions.test(line))
      stack.push({
        line: index + 1,
        indent,
        own: 1,
        name: /[\w$]+/u.exec(line.replace(/^(?:export |async |function |const )*/u, ""))?.[0] ?? "a function",
      });
  });
  return found;
}

const body = (count: number, indent: string) =>
  Array.from({ length: count }, (_, index) => `${indent}const a${String(index)} = ${String(index)};\n`).join(
    "",
  );

export const lengths: Step = {
  name: "lengths",
  run: async (root) => filesOf(root, (path) => isSource(path) && !isTest(path)).flatMap(longFunctions),
  planted: [
    {
      path: "apps/server/src/long.ts",
      text: `export function long() {\n${body(50, "  ")}}\n`,
      says: "long has",
    },
    {
      path: "apps/web/src/long.tsx",
      text: `export const arrow = async (\n  a: number,\n) => {\n${body(65, "  ")}  return a;\n};\n`,
      says: "lines",
    },
  ],
};
