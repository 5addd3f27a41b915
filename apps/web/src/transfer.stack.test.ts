/** What a first visit transfers: brotli bytes of the page, its code, its styles and one language. */
import { mkdtemp, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "vite";
import { afterAll, beforeAll, expect, test } from "vitest";

interface Chunk {
  readonly file: string;
  readonly css?: readonly string[];
  readonly imports?: readonly string[];
}

const ROOT = resolve(import.meta.dirname, "..");
const KIB = 1024;
const START = ["index.html", "src/i18n/ja/common.json"];

let folder = "";
let manifest: Readonly<Record<string, Chunk>> = {};

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sekisho-page-"));
  const configFile = join(ROOT, "vite.config.ts");
  await build({ root: ROOT, configFile, logLevel: "error", build: { outDir: folder } });
  manifest = readManifest(JSON.parse(await readFile(join(folder, ".vite/manifest.json"), "utf8")));
});

function readManifest(parsed: unknown): Readonly<Record<string, Chunk>> {
  const isChunk = (value: unknown): value is Chunk =>
    typeof value === "object" && value !== null && "file" in value;
  const entries = Object.entries(parsed ?? {}).filter((entry): entry is [string, Chunk] => isChunk(entry[1]));
  return Object.fromEntries(entries);
}

afterAll(() => rm(folder, { recursive: true, force: true }));

function filesOf(keys: readonly string[]): string[] {
  const files = new Set(["index.html"]);
  const seen = new Set<string>();
  const add = (key: string) => {
    const chunk = manifest[key];
    if (chunk === undefined) throw new Error(`the build has no ${key}`);
    if (seen.has(key)) return;
    seen.add(key);
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
    for (const imported of chunk.imports ?? []) add(imported);
  };
  for (const key of keys) add(key);
  return [...files];
}

async function transferred(keys: readonly string[]): Promise<number> {
  const sizes = await Promise.all(filesOf(keys).map((file) => stat(join(folder, `${file}.br`))));
  return sizes.reduce((sum, { size }) => sum + size, 0);
}

test("the base that every page pays stays small", async () => {
  expect(await transferred(START)).toBeLessThanOrEqual(74 * KIB);
});

test("a guest's entry and waiting room stay within 90 KiB", async () => {
  const words = ["entry", "waiting", "media", "facts"].map((name) => `src/i18n/ja/${name}.json`);
  expect(await transferred([...START, "src/meeting/meeting-page.tsx", ...words])).toBeLessThanOrEqual(
    90 * KIB,
  );
});

test("signing in stays within the budget of a guest's page", async () => {
  const keys = [...START, "src/features/sign-in/sign-in-screen.tsx"];
  const words = ["sign-in", "account"].map((name) => `src/i18n/ja/${name}.json`);
  expect(await transferred([...keys, ...words])).toBeLessThanOrEqual(90 * KIB);
});

test("the base has no media client, no data cache, no date picker and no schema library in it, and is no development build", async () => {
  const code = (
    await Promise.all(
      filesOf(START)
        .filter((name) => name.endsWith(".js"))
        .map((file) => readFile(join(folder, file), "utf8")),
    )
  ).join("");
  const found = ["livekit", "QueryClient", "data-react-aria", "ZodError", "jsxDEV"].filter((mark) =>
    code.includes(mark),
  );
  expect(found).toEqual([]);
});

test("[SEC-2] no page carries the schema library, which tries out code from a string and is blocked", async () => {
  const scripts = filesOf(Object.keys(manifest)).filter((name) => name.endsWith(".js"));
  const code = await Promise.all(scripts.map((file) => readFile(join(folder, file), "utf8")));
  expect(scripts.filter((_, at) => /ZodError|allowsEval|invalid_union/u.test(code[at] ?? ""))).toEqual([]);
});

test("nothing is inline, and every text file stands there compressed", async () => {
  const html = await readFile(join(folder, "index.html"), "utf8");
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=/u);
  for (const file of filesOf(Object.keys(manifest).filter((key) => !key.endsWith(".woff2")))) {
    if (/\.(?:js|css|html)$/u.test(file)) await stat(join(folder, `${file}.gz`));
  }
});
