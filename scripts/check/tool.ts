/** Runs one of the tools of `node_modules/.bin` and gives what it said. */
import { spawn } from "node:child_process";
import { join } from "node:path";

export type Said = { readonly ok: boolean; readonly text: string };

export async function runTool(root: string, name: string, ...args: readonly string[]): Promise<Said> {
  const child = spawn(join(root, "node_modules/.bin", name), args, {
    cwd: root,
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const parts: Buffer[] = [];
  child.stdout.on("data", (part: Buffer) => parts.push(part));
  child.stderr.on("data", (part: Buffer) => parts.push(part));
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", resolve);
  });
  return { ok: code === 0, text: Buffer.concat(parts).toString("utf8") };
}

/** A tool that fails without naming a line still failed. */
export function problemsOf(said: Said, isProblem: (line: string) => boolean): readonly string[] {
  const lines = said.text
    .split("\n")
    .map((line) => line.trimEnd())
    .filter(isProblem);
  if (said.ok) return [];
  return lines.length > 0 ? lines : [said.text.trim().slice(0, 2000) || "failed without a word"];
}
