import { existsSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder that holds `engine/`, `node_modules/` and this source: found upwards, so that it may be moved. */
export function checkoutRoot(): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, "package-lock.json"))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error("package-lock.json was not found above the server's source");
    folder = parent;
  }
  return folder;
}
