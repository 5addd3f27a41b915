import { addCatalogues } from "./catalogues.ts";
import type { Catalogue } from "./translate.ts";

addCatalogues(import.meta.glob<Catalogue>("./{ja,en}/barriers*.json", { import: "default" }));
