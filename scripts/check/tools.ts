/** The gates that are tools of others: format, lint, types, dead code. */
import type { Planted, Step } from "./step.ts";
import { problemsOf, runTool } from "./tool.ts";

/** Markdown is laid out by its authors, and some of it is generated; manifests are npm's. */
const unformatted = ["!**/*.md", "!**/package.json"];

export const format: Step = {
  name: "format",
  run: async (root) =>
    problemsOf(await runTool(root, "oxfmt", "--check", ".", ...unformatted), (line) =>
      /\(\d+ms\)$/u.test(line),
    ),
  planted: [
    {
      path: "packages/domain/src/unformatted.ts",
      text: "export const a  =  [1,2]\n",
      says: "unformatted.ts",
    },
  ],
};

function offence(name: string, text: string, rule: string, ending = "ts"): Planted {
  return { path: `apps/web/src/planted/${name}.${ending}`, text, says: rule };
}

const many = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => line(index)).join("\n");

export const lint: Step = {
  name: "lint",
  run: async (root) =>
    problemsOf(await runTool(root, "oxlint", "-f", "unix"), (line) => /^[^\s:]+:\d+:\d+: /u.test(line)),
  planted: [
    offence("any", "export const a: any = 1;\n", "no-explicit-any"),
    offence("as", "export const a = 1 as number;\n", "consistent-type-assertions"),
    offence("bang", "export const f = (a: string | null) => a!.length;\n", "no-non-null-assertion"),
    offence(
      "floating",
      "const f = async () => 1;\nexport function g() {\n  f();\n}\n",
      "no-floating-promises",
    ),
    offence(
      "markup",
      "export const f = (a: Element) => {\n  a.innerHTML = '';\n};\n",
      "no-restricted-properties",
    ),
    offence("default", "export default 1;\n", "no-default-export"),
    offence(
      "params",
      "export const f = (a = 1, b = 1, c = 1, d = 1, e = 1) => a + b + c + d + e;\n",
      "max-params",
    ),
    offence("long-file", `${many(501, (index) => `export const a${String(index)} = 1;`)}\n`, "max-lines"),
    offence("console", "console.log(1);\n", "no-console"),
    offence(
      "switch",
      'export function f(a: "x" | "y") {\n  switch (a) {\n    case "x":\n      return 1;\n  }\n  return 2;\n}\n',
      "switch-exhaustiveness-check",
    ),
    offence(
      "danger",
      'export const A = () => <p dangerouslySetInnerHTML={{ __html: "" }} />;\n',
      "no-danger",
      "tsx",
    ),
    offence(
      "deps",
      'import { useEffect } from "react";\nexport function useA(a: number) {\n  useEffect(() => {\n    globalThis.name = String(a);\n  }, []);\n}\n',
      "exhaustive-deps",
      "tsx",
    ),
    offence("picture", 'export const A = () => <img src="a.png" />;\n', "alt-text", "tsx"),
    {
      path: "packages/domain/src/planted/focused.test.ts",
      text: 'import { test } from "vitest";\ntest.only("a", () => undefined);\n',
      says: "no-focused-tests",
    },
  ],
};

const projects = ["tsconfig.json", "packages/domain", "apps/web"] as const;

/** The domain is checked again with no types but the language's own: no clock of Node, no DOM. */
export const types: Step = {
  name: "types",
  run: async (root) => {
    const problems: string[] = [];
    for (const project of projects)
      problems.push(
        ...problemsOf(await runTool(root, "tsc", "--noEmit", "--pretty", "false", "-p", project), (line) =>
          /\(\d+,\d+\): error TS/u.test(line),
        ),
      );
    return [...new Set(problems)];
  },
  planted: [
    { path: "apps/server/src/wrong.ts", text: "export const a: string = 1;\n", says: "TS2322" },
    { path: "apps/web/src/wrong.tsx", text: "export const A = () => <nothing />;\n", says: "TS2339" },
    { path: "packages/domain/src/wrong.ts", text: "export const a = document.title;\n", says: "TS2584" },
    {
      path: "packages/contract/src/wrong.ts",
      text: "const list = [1];\nexport const a: number = list[0];\n",
      says: "TS2322",
    },
  ],
};

export const deadCode: Step = {
  name: "dead code",
  run: async (root) =>
    problemsOf(
      await runTool(root, "knip", "--no-progress", "--no-config-hints", "--reporter", "compact"),
      (line) => /: /u.test(line),
    ),
  planted: [
    { path: "packages/domain/src/unused.ts", text: "export const a = 1;\n", says: "unused.ts" },
    { path: "apps/server/src/unused.ts", text: "export const a = 1;\n", says: "unused.ts" },
    { path: "apps/web/src/unused.tsx", text: "export const a = 1;\n", says: "unused.tsx" },
  ],
};
