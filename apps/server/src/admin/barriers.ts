/** The administrators' word on barriers after a back-up was restored (BAR-10). */
import { acceptVersion, refusedHere } from "../features/barriers/accept-version.ts";
import { barrierFolder } from "../platform/barrier-folder.ts";
import type { AdminTools } from "./admin-tools.ts";

function depsOf({ database, keys, config }: AdminTools) {
  const { connectionString } = database;
  return { connectionString, keys, folder: barrierFolder(config.dataDir) };
}

export async function acceptBarriers(tools: AdminTools): Promise<void> {
  const accepted = await acceptVersion(depsOf(tools));
  const numbers = Object.entries(accepted).map(([name, value]) => [name, String(value)] as const);
  tools.tell(accepted.kind === "nothing" ? "barriersKnown" : "barriersAccepted", Object.fromEntries(numbers));
}

/** Where this machine has decided with newer ones than the database has now: nobody new comes in until they are accepted. */
export async function tellOfBarriers(tools: AdminTools): Promise<void> {
  const refused = await refusedHere(depsOf(tools));
  if (refused === null) return;
  tools.tell("barriersRefused", { offered: String(refused.offered), seen: String(refused.seen) });
}
