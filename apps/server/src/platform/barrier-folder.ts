import { join } from "node:path";

/** What this machine has seen of the barriers, in the data folder. */
export function barrierFolder(dataDir: string): string {
  return join(dataDir, "barriers");
}
