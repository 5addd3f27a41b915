/** The words and flags of a command; what it does not know is refused, never ignored. */
import { parseArgs } from "node:util";
import type { flagKeys } from "../config/load-config.ts";
import { AdminProblem } from "./admin-problem.ts";

const flags = {
  email: { type: "string" },
  name: { type: "string" },
  organisation: { type: "string" },
  scope: { type: "string", multiple: true },
  format: { type: "string" },
  personal: { type: "boolean" },
  data: { type: "string" },
  host: { type: "string" },
  port: { type: "string" },
  domain: { type: "string" },
  lang: { type: "string" },
  help: { type: "boolean", short: "h" },
} as const;

/** The same as those of `npm start`, so that a command finds the server that was started with them. */
const startFlags = [
  "data",
  "host",
  "port",
  "domain",
  "lang",
] as const satisfies readonly (keyof typeof flagKeys)[];

export type CommandLine = {
  readonly words: readonly string[];
  readonly scopes: readonly string[];
  readonly personal: boolean;
  readonly help: boolean;
  /** Throws `missing`. */
  needed(name: "email" | "name" | "format"): string;
  readonly organisation: string | undefined;
  /** What the configuration reads itself. */
  readonly forConfig: readonly string[];
};

export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parse(argv);
  return {
    words: positionals,
    scopes: values.scope ?? [],
    personal: values.personal ?? false,
    help: values.help ?? false,
    organisation: values.organisation,
    needed(name) {
      const value = values[name]?.trim() ?? "";
      if (value === "") throw new AdminProblem("missing", { name: `--${name}` });
      return value;
    },
    forConfig: startFlags.flatMap((name) => {
      const value = values[name];
      return value === undefined ? [] : [`--${name}=${value}`];
    }),
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options: flags, allowPositionals: true, strict: true });
  } catch {
    throw new AdminProblem("unknownCommand");
  }
}
