import type { Catalogue } from "./translate.ts";

/** Every catalogue; those of the first page are the same files as in `catalogues.ts`. */
export const moreFiles = import.meta.glob<Catalogue>("./{ja,en}/*.json", { import: "default" });
