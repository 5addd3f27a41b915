/** `npm run admin -- …` */
import { processEnvironment } from "../config/environment.ts";
import { checkoutRoot } from "../platform/embedded/checkout.ts";
import { askPassword } from "./ask-password.ts";
import { runAdmin } from "./run-admin.ts";

// Whoever reads the lines stopped reading, as `head` does.
process.stdout.on("error", () => process.exit(1));
process.exitCode = await runAdmin(process.argv.slice(2), {
  env: processEnvironment(),
  root: checkoutRoot(),
  print: (line) => process.stdout.write(`${line}\n`),
  printError: (line) => process.stderr.write(`${line}\n`),
  askPassword,
});
