import { join } from "node:path";
import { fail, prepare, root, runUnderNode } from "./setup.mjs";
import { languageOf } from "./texts.mjs";

const args = process.argv.slice(2);
const language = languageOf(args, process.env);
try {
  await prepare(language);
  runUnderNode(language, join(root, "scripts", "test-all.ts"), args);
} catch (error) {
  fail(error);
}
