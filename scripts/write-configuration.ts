import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { configurationDocument } from "../apps/server/src/config/document.ts";

writeFileSync(join(dirname(import.meta.dirname), "docs", "CONFIGURATION.md"), configurationDocument());
