/** A small copy of the project in a temporary folder: its real settings, next to nothing in it but planted violations. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import type { Step } from "./step.ts";

const workspaces = [
  "apps/server",
  "apps/web",
  "packages/contract",
  "packages/domain",
  "packages/e2ee",
  "packages/testkit",
];

const settings = [
  ".gitignore",
  ".oxfmtrc.json",
  ".oxlintrc.json",
  "knip.json",
  "package.json",
  "package-lock.json",
  "tsconfig.base.json",
  "tsconfig.json",
  "vitest.config.ts",
  ...workspaces.flatMap((folder) => [`${folder}/package.json`, `${folder}/tsconfig.json`]),
  "apps/web/vite.config.ts",
  "apps/web/index.html",
  "apps/web/src/i18n/check.ts",
];

const entries = [
  "apps/server/src/main.ts",
  "apps/web/src/main.tsx",
  "packages/contract/src/index.ts",
  "packages/domain/src/index.ts",
  "packages/e2ee/src/index.ts",
  "packages/testkit/src/index.ts",
];

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

function build(root: string, folder: string, step: Step): void {
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  for (const path of settings)
    if (existsSync(join(root, path))) cpSync(join(root, path), join(folder, path), { recursive: true });
  for (const language of ["ja", "en"])
    mkdirSync(join(folder, "apps/web/src/i18n", language), { recursive: true });
  for (const path of entries) put(folder, path, "export const entry = 1;\n");
  for (const { path, text } of step.planted) put(folder, path, text);
}

/** The planted violations that the step does not see; empty if the gate works. */
export async function blindSpots(root: string, step: Step): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "sekisho-check-"));
  try {
    build(root, folder, step);
    const problems = await step.run(folder);
    return step.planted
      .filter(({ path, says }) => {
        const named = says.includes(basename(path)) ? "" : path;
        return !problems.some((one) => one.includes(named) && one.includes(says));
      })
      .map(({ path, says }) => `does not see what is planted in ${path} (${says})`);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
