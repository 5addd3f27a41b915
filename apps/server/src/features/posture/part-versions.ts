/** Versions of what runs, asked of the parts themselves: what a package says is not what was started (OPS-1). */
import type { Posture } from "@sekisho/contract";
import type { PostureDeps } from "./posture-deps.ts";

type Part = Posture["parts"][number];

const keptMs = 60_000;

/** Asks anew after a minute; whoever comes in between gets the last answer with its time. */
export function createPartVersions(deps: PostureDeps): () => Promise<readonly Part[]> {
  let last: { readonly at: number; readonly parts: Promise<readonly Part[]> } | null = null;
  return () => {
    const now = Date.now();
    if (last === null || now - last.at > keptMs) last = { at: now, parts: askParts(deps) };
    return last.parts;
  };
}

async function askParts({ pool, mediaVersion, ownVersion }: PostureDeps): Promise<readonly Part[]> {
  return Promise.all([
    asked("sekisho", async () => ownVersion),
    asked("livekit", mediaVersion),
    asked("postgresql", async () => {
      const { rows } = await pool.query<{ server_version: string }>("show server_version");
      // Packagers write their own name behind it.
      return rows[0]?.server_version.split(" ")[0] ?? "";
    }),
    asked("node", async () => process.versions.node),
  ]);
}

async function asked(part: Part["part"], ask: () => Promise<string>): Promise<Part> {
  const version = await ask().catch(() => "");
  return { part, version: version === "" ? null : version, at: Date.now() };
}
