/**
 * Every installed package has a licence that AGPL-3.0-or-later may be combined with, and every package that we name
 * ourselves stands in docs/DEPENDENCIES.md with its reason.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathsUnder } from "./files.ts";
import type { Step } from "./step.ts";
import { readJson } from "./unsafe.ts";

/** Permissive, or copyleft that its authors declared compatible with the (A)GPL version 3. */
const allowed = new Set([
  "0BSD",
  "AGPL-3.0-or-later",
  "Apache-2.0",
  "BlueOak-1.0.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "CC0-1.0",
  "CC-BY-4.0",
  "ISC",
  "MIT",
  // As some packages write it.
  "MIT License",
  "MIT-0",
  "MPL-2.0",
  "OFL-1.1",
  "PostgreSQL",
  "Python-2.0",
  "Unlicense",
  "W3C-20150513",
]);

type Locked = { readonly version?: string; readonly license?: string; readonly link?: boolean };

/** `MIT OR Apache-2.0` needs one allowed part; `MIT AND ISC` needs all. */
export function mayCombine(expression: string): boolean {
  return expression
    .replace(/[()]/gu, "")
    .split(/\s+OR\s+/u)
    .some((choice) => choice.split(/\s+AND\s+/u).every((one) => allowed.has(one.trim())));
}

function licenceOf(root: string, path: string, locked: Locked): string {
  const file = join(root, path, "package.json");
  if (locked.license !== undefined || !existsSync(file)) return locked.license ?? "not installed";
  const { license } = readJson<{ license?: unknown }>(file);
  return typeof license === "string" ? license : "none stated";
}

function lockProblems(root: string): readonly string[] {
  const lock = readJson<{ packages?: Record<string, Locked> }>(join(root, "package-lock.json"));
  const packages = Object.entries(lock.packages ?? {}).filter(([path]) => path.includes("node_modules/"));
  if (packages.length === 0) return ["package-lock.json names no package"];
  return packages
    .filter(([, locked]) => locked.link !== true)
    .map(([path, locked]) => [path, licenceOf(root, path, locked)] as const)
    .filter(([, licence]) => !mayCombine(licence) && licence !== "not installed")
    .map(([path, licence]) => `package-lock.json: ${path}: ${licence}`);
}

const kinds = ["dependencies", "devDependencies", "optionalDependencies"] as const;
type Manifest = Partial<Record<(typeof kinds)[number], Record<string, string>>>;

function namedBy(root: string): ReadonlyMap<string, string> {
  const manifests = pathsUnder(root).filter((path) => /(?:^|\/)package\.json$/u.test(path));
  const named = manifests.flatMap((path) => {
    const manifest = readJson<Manifest>(join(root, path));
    return kinds.flatMap((kind) => Object.keys(manifest[kind] ?? {}).map((name) => [name, path] as const));
  });
  return new Map(named);
}

const page = "docs/DEPENDENCIES.md";

function reasonProblems(root: string): readonly string[] {
  const text = existsSync(join(root, page)) ? readFileSync(join(root, page), "utf8") : "";
  const explained = new Set([...text.matchAll(/^\| `([^`]+)`/gmu)].map((hit) => hit[1] ?? ""));
  const named = namedBy(root);
  const missing = [...named].filter(([name]) => !explained.has(name));
  const gone = [...explained].filter((name) => !named.has(name));
  return [
    ...missing.map(([name, path]) => `${path}: ${name} has no reason in ${page}`),
    ...gone.map((name) => `${page}: ${name} is not named by any package.json any more`),
  ];
}

export const licences: Step = {
  name: "licences",
  run: (root) => Promise.resolve([...lockProblems(root), ...reasonProblems(root)]),
  planted: [
    {
      path: "package-lock.json",
      text: '{ "packages": { "node_modules/closed": { "version": "1.0.0", "license": "SSPL-1.0" } } }\n',
      says: "SSPL-1.0",
    },
    {
      path: "packages/domain/package.json",
      text: '{ "name": "@sekisho/domain", "dependencies": { "left-pad": "1.0.0" } }\n',
      says: "left-pad has no reason",
    },
    { path: page, text: "| `gone` | MIT | was used once |\n", says: "gone is not named" },
  ],
};
