/** Other people's packages, fetched when a bench runs and kept out of the repository: `.cache/bench/peers`. */
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root, versionOf } from "./machine.ts";

const run = promisify(execFile);

export const peersFolder = join(root, ".cache", "bench", "peers");

/** The versions of a result stand beside it; change them here. The media client and React are the product's own. */
const packages = {
  "@livekit/components-react": "2.9.24",
  "@livekit/components-styles": "1.2.0",
  "@element-hq/element-call-embedded": "0.26.1",
} as const;

export async function fetchPeers(): Promise<Readonly<Record<string, string>>> {
  const wanted = {
    ...packages,
    "livekit-client": versionOf("livekit-client"),
    react: versionOf("react"),
    "react-dom": versionOf("react-dom"),
  };
  const isThere = Object.entries(wanted).every(
    ([name, version]) =>
      existsSync(join(peersFolder, "node_modules", name)) && versionOf(name, peersFolder) === version,
  );
  if (!isThere) {
    mkdirSync(peersFolder, { recursive: true });
    const names = Object.entries(wanted).map(([name, version]) => `${name}@${version}`);
    await run("npm", [
      "install",
      "--prefix",
      peersFolder,
      "--ignore-scripts",
      "--no-audit",
      "--no-fund",
      ...names,
    ]);
  }
  return wanted;
}

export function peerFile(name: string): string {
  return join(peersFolder, "node_modules", name);
}

/** Builds the page of LiveKit's components as the product's page is built: minified, by the same tool. */
export async function buildLivekitPage(): Promise<string> {
  const outDir = join(peersFolder, "livekit-page");
  const source = join(peersFolder, "livekit-source");
  // Beside the packages, so that these copies and no others are found.
  cpSync(join(root, "bench", "bytes", "livekit-page"), source, { recursive: true });
  const { build } = await import("vite");
  await build({
    root: source,
    configFile: false,
    logLevel: "error",
    base: "./",
    build: { outDir, emptyOutDir: true },
  });
  return outDir;
}

/** Engines that are called as libraries: their versions, with those of all they need, are locked in `bench/peers`. */
export const peersManifest = join(root, "bench", "peers", "package.json");

/** Installs them beside their lock, if they are not there yet. Nothing of theirs is run by that. */
export async function installLockedPeers(): Promise<void> {
  const folder = dirname(peersManifest);
  const locked = readFileSync(join(folder, "package-lock.json"), "utf8");
  const mark = join(folder, "node_modules", ".installed-lock");
  if (existsSync(mark) && readFileSync(mark, "utf8") === locked) return;
  await run("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder });
  writeFileSync(mark, locked);
}

export function peerVersion(name: string): string {
  return versionOf(name, dirname(peersManifest));
}
