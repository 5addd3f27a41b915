import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const seedFile = join(root, "apps", "server", "src", "admin", "seed.ts");
const vite = join(root, "node_modules", "vite", "bin", "vite.js");
const pageDir = join(root, ".cache", "page-dev");
const restartMs = 1_000;

/** The pages are built again at every change; the server hands out the folder as it is. */
const pages = [vite, "build", "--watch", "--outDir", pageDir, "--emptyOutDir", "--logLevel", "warn"];
/** The server starts again at every change: database and engine with it, a second or two. */
const server = ["--watch", "--watch-preserve-output", join(import.meta.dirname, "dev-server.ts")];

let isStopping = false;
const running = new Set<ChildProcess>();

function run(args: readonly string[], onExit: () => void): void {
  const child = spawn(process.execPath, args, {
    cwd: join(root, "apps", "web"),
    stdio: ["ignore", "inherit", "inherit"],
  });
  running.add(child);
  child.once("exit", () => {
    running.delete(child);
    if (!isStopping) onExit();
  });
}

function stop(): void {
  isStopping = true;
  for (const child of running) child.kill("SIGTERM");
}

/** A page with a mistake in it must not end the work: it is tried again. */
function runPages(): void {
  run(pages, () => setTimeout(() => !isStopping && runPages(), restartMs));
}

if (!existsSync(seedFile)) {
  process.stderr.write(
    "apps/server/src/admin/seed.ts is missing: the server starts without seeded people.\n",
  );
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, stop);
runPages();
run([...server, ...process.argv.slice(2)], stop);
