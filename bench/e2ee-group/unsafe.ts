/** The only place of this benchmark where a type is asserted: the library's own copy, with what it needs by itself. */
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import type * as TsMls from "ts-mls";
import { peersManifest } from "../lib/peers.ts";

export async function libraryAsItComes(): Promise<typeof TsMls> {
  const file = join(dirname(peersManifest), "node_modules", "ts-mls", "dist", "src", "index.js");
  return (await import(pathToFileURL(file).href)) as typeof TsMls;
}
