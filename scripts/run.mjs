import { resolve } from "node:path";
import { fail, prepare, root, runUnderNode } from "./setup.mjs";
import { languageOf } from "./texts.mjs";

const [file = "", ...args] = process.argv.slice(2);
const language = languageOf(args, process.env);
try {
  await prepare(language);
  runUnderNode(language, resolve(root, file), args);
} catch (error) {
  fail(error);
}
