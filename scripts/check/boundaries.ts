/** Who may import whom: the table of docs/ARCHITECTURE.md, and what only one place may do. */
import { filesOf, isSource, isTest, lineOf, withoutComments, type SourceFile } from "./files.ts";
import { importsOf, packageOf, type Import } from "./imports.ts";
import type { Step } from "./step.ts";

type Rule = {
  readonly where: (path: string) => boolean;
  /** What is wrong with this import, or null. */
  readonly problem: (one: Import) => string | null;
};

const under = (folder: string) => (path: string) => path.startsWith(`${folder}/`);
const outside = (one: Import, ...folders: readonly string[]) =>
  one.file !== null && !folders.some((folder) => one.file?.startsWith(`${folder}/`));

/** `room` of `apps/web/src/features/room/stage.tsx`. */
function featureOf(path: string): string | null {
  return /^apps\/(?:web|server)\/src\/features\/([^/]+)\//u.exec(path)?.[1] ?? null;
}

function sideways(one: Import): string | null {
  const own = featureOf(one.from);
  const other = one.file === null ? null : featureOf(one.file);
  return own !== null && other !== null && own !== other
    ? `feature ${own} imports feature ${other}: they meet in domain, or where both are called`
    : null;
}

const webParts = ["ui", "media", "api", "i18n"].map((part) => `apps/web/src/${part}`);

const e2eeLibraries = ["ts-mls", "@hpke/core", "@noble/hashes"];

const rules: readonly Rule[] = [
  {
    where: under("packages/domain/src"),
    problem: (one) =>
      one.file?.startsWith("packages/domain/src/") === true
        ? null
        : `domain imports ${one.specifier}: it imports nothing`,
  },
  {
    where: under("packages/contract/src"),
    problem: (one) =>
      outside(one, "packages/contract/src", "packages/domain/src") ||
      (one.file === null && packageOf(one.specifier) !== "zod")
        ? `contract imports ${one.specifier}: only domain and zod`
        : null,
  },
  {
    where: under("packages/e2ee/src"),
    problem: (one) =>
      outside(one, "packages/e2ee/src") ||
      (one.file === null && !e2eeLibraries.includes(packageOf(one.specifier)))
        ? `e2ee imports ${one.specifier}: only ${e2eeLibraries.join(", ")}`
        : null,
  },
  {
    where: under("apps/server/src"),
    problem: (one) =>
      outside(one, "apps/server/src", "packages/contract/src", "packages/domain/src")
        ? `server imports ${one.specifier}: only contract, domain and libraries`
        : null,
  },
  { where: under("apps/server/src"), problem: sideways },
  {
    where: under("apps/web/src"),
    problem: (one) =>
      outside(one, "apps/web/src", "packages/contract/src", "packages/domain/src", "packages/e2ee/src")
        ? `web imports ${one.specifier}: only contract, domain, e2ee and libraries`
        : null,
  },
  { where: under("apps/web/src/features"), problem: sideways },
  {
    where: (path) => webParts.some((part) => under(part)(path)),
    problem: (one) =>
      one.file?.startsWith("apps/web/src/features/") === true
        ? `${one.specifier}: nothing below features knows them`
        : null,
  },
  {
    where: under("apps/web/src/ui"),
    problem: (one) =>
      outside(one, "apps/web/src/ui") ? `ui imports ${one.specifier}: nothing of ours` : null,
  },
  {
    where: (path) => !under("apps/web/src/media")(path) && !under("packages/testkit/src")(path),
    problem: (one) =>
      packageOf(one.specifier) === "livekit-client" ? "only media/ imports livekit-client" : null,
  },
  {
    where: (path) => !under("apps/server/src/sfu")(path) && !under("packages/testkit/src")(path),
    problem: (one) =>
      packageOf(one.specifier) === "livekit-server-sdk" ? "only sfu/ imports livekit-server-sdk" : null,
  },
];

type Deed = { readonly where: (path: string) => boolean; readonly what: RegExp; readonly says: string };

const deeds: readonly Deed[] = [
  {
    where: under("packages/domain/src"),
    what: /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\b(?:crypto|performance|process|globalThis|console)\.|\bsetTimeout\b|\bfetch\(/gu,
    says: "domain has no clock, no randomness, no input or output",
  },
  {
    where: (path) =>
      (under("apps/server/src")(path) && !under("apps/server/src/config")(path)) ||
      under("apps/web/src")(path),
    what: /\bprocess\.env\b|\bimport\s*\{[^}]*\benv\b[^}]*\}\s*from\s*"node:process"/gu,
    says: "only config/ reads the environment",
  },
  {
    where: under("packages/contract/src"),
    what: /\bprocess\.|\bDate\.now\b|\bMath\.random\b/gu,
    says: "contract is data",
  },
];

function deedsIn({ path, text }: SourceFile): readonly string[] {
  const code = withoutComments(text);
  return deeds
    .filter((deed) => deed.where(path))
    .flatMap((deed) =>
      [...code.matchAll(deed.what)].map(
        (hit) => `${path}:${String(lineOf(code, hit.index))}: ${hit[0]}: ${deed.says}`,
      ),
    );
}

function importProblems(file: SourceFile): readonly string[] {
  return importsOf(file).flatMap((one) =>
    rules.flatMap((rule) => {
      const problem = rule.where(file.path) ? rule.problem(one) : null;
      return problem === null ? [] : [`${file.path}:${String(one.line)}: ${problem}`];
    }),
  );
}

const feature = "apps/web/src/features/planted";

export const boundaries: Step = {
  name: "boundaries",
  run: async (root) => {
    const files = filesOf(
      root,
      (path) => isSource(path) && !isTest(path) && /^(?:apps|packages)\//u.test(path),
    );
    if (files.length === 0) return ["no source was found"];
    return files.flatMap((file) => [...importProblems(file), ...deedsIn(file)]);
  },
  planted: [
    {
      path: "packages/domain/src/impure.ts",
      text: 'export async function f() {\n  return (await import("node:fs")).existsSync(String(Date.now()));\n}\n',
      says: "imports nothing",
    },
    { path: "packages/domain/src/clock.ts", text: "export const at = Date.now();\n", says: "no clock" },
    { path: "packages/domain/src/chance.ts", text: "export const one = Math.random();\n", says: "no clock" },
    {
      path: "packages/contract/src/heavy.ts",
      text: 'export { default } from "fastify";\n',
      says: "only domain and zod",
    },
    {
      path: "apps/server/src/features/planted/a.ts",
      text: 'import { b } from "../other/b.ts";\nexport const a = b;\n',
      says: "feature planted imports feature other",
    },
    {
      path: "apps/server/src/features/planted/kit.ts",
      text: 'import { startPostgres } from "@sekisho/testkit";\nexport const a = startPostgres;\n',
      says: "only contract, domain and libraries",
    },
    {
      path: "apps/web/src/api/sneak.ts",
      text: 'export const a = process.env["A"];\n',
      says: "sneak.ts:1: process.env: only config/",
    },
    { path: "apps/server/src/sneak.ts", text: 'export const a = process.env["A"];\n', says: "only config/" },
    {
      path: `${feature}/sideways.ts`,
      text: 'import {\n  b,\n} from "../other/b.ts";\nexport const a = b;\n',
      says: "feature planted imports feature other",
    },
    {
      path: `${feature}/media.ts`,
      text: 'import { Room } from "livekit-client";\nexport const a = Room;\n',
      says: "only media/",
    },
    {
      path: "apps/web/src/ui/knowing.ts",
      text: 'import type { Me } from "@sekisho/contract";\nexport type A = Me;\n',
      says: "nothing of ours",
    },
    {
      path: "apps/web/src/api/upward.ts",
      text: 'export * from "../features/planted/sideways.ts";\n',
      says: "nothing below features",
    },
    {
      path: "apps/server/src/sdk.ts",
      text: 'import type { RoomServiceClient } from "livekit-server-sdk";\nexport type A = RoomServiceClient;\n',
      says: "only sfu/",
    },
  ],
};
