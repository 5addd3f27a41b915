import { buildPage } from "./platform/embedded/page-build.ts";
import { serve } from "./serve.ts";

process.exit(await serve(process.argv.slice(2), { buildPage }));
