import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

const root = dirname(import.meta.dirname);
const seedFile = join(root, "apps", "server", "src", "admin", "seed.ts");
const children = [
  // The pages are built again at every change; the server hands out the folder as it is.
  [
    join(root, "node_modules", "vite", "bin", "vite.js"),
    "build",
    "--watch",
    "--outDir",
    join(root, ".cache", "page-dev"),
    "--emptyOutDir",
    "--logLevel",
    "warn",
  ],
  // The server starts again at every change: database and engine with it, a second or two.
  ["--watch", "--watch-preserve-output", join(root, "scripts", "dev-server.ts"), ...process.argv.slice(2)],
] as const;

if (!existsSync(seedFile)) {
  process.stderr.write(
    "apps/server/src/admin/seed.ts is missing: the server starts without seeded people.\n",
  );
}
const running = children.map((args) =>
  spawn(process.execPath, args, { cwd: join(root, "apps", "web"), stdio: ["ignore", "inherit", "inherit"] }),
);
const stop = (signal: NodeJS.Signals) => {
  for (const child of running) child.kill(signal);
};
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop(signal));
process.on("disconnect", () => stop("SIGTERM"));
for (const child of running) child.once("exit", () => stop("SIGTERM"));
