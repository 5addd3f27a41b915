import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { contradictions, unsafeSecrets } from "./check-config.ts";
import { completeConfig, type Config } from "./config.ts";
import { nearest } from "./nearest.ts";
import { noteOf } from "./setting.ts";
import { settings, settingsSchema } from "./settings.ts";
import { type Language, StartProblem, systemErrorCode } from "./start-problem.ts";

export type ConfigSources = {
  /** Command flags, without the program's name. */
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** What relative folders are relative to. */
  readonly root: string;
};

/** The flags, and the keys they set. */
export const flagKeys = {
  data: "dataDir",
  host: "host",
  port: "port",
  domain: "domain",
  lang: "lang",
} as const;
export const configFileName = "sekisho.config.json";

type Values = Record<string, unknown>;

/**
 * Reads flags, environment and the file in the data folder, in this order of strength, and checks everything at
 * once. Throws `config_invalid` naming every mistake, or `unsafe_secrets` (IDN-1).
 */
export function loadConfig(sources: ConfigSources): Config {
  const problems: string[] = [];
  const flags = readFlags(sources.argv, problems);
  const environment = readEnvironment(sources.env, problems);
  const dataDir = firstText(flags["dataDir"], environment["dataDir"]) ?? "data";
  const file = readConfigFile(join(resolve(sources.root, dataDir), configFileName), problems);
  const parsed = settingsSchema.safeParse({ ...file, ...environment, ...flags });
  if (!parsed.success) {
    for (const { path, message } of parsed.error.issues) problems.push(`${nameFor(path[0])} ${message}`);
  }
  if (!parsed.success || problems.length > 0) throw invalid(problems);
  const config = completeConfig(parsed.data, sources.root, languageOf(parsed.data.lang, sources.env));
  const contrary = contradictions(config);
  if (contrary.length > 0) throw invalid(contrary);
  const unsafe = unsafeSecrets(config);
  if (unsafe.length > 0)
    throw new StartProblem("unsafe_secrets", { host: config.publicOrigin, list: unsafe.join(", ") });
  return config;
}

/** The language before the configuration is read, for the sentence that says why it could not be. */
export function languageOf(wanted: string | undefined, env: ConfigSources["env"]): Language {
  if (wanted === "ja" || wanted === "en") return wanted;
  const locale = env["LC_ALL"] || env["LC_MESSAGES"] || env["LANG"] || "";
  return locale.toLowerCase().startsWith("ja") ? "ja" : "en";
}

function invalid(problems: readonly string[]): StartProblem {
  return new StartProblem("config_invalid", { list: problems.map((problem) => `  - ${problem}`).join("\n") });
}

function readFlags(argv: readonly string[], problems: string[]): Values {
  const known = Object.keys(flagKeys);
  const options = Object.fromEntries(known.map((name) => [name, { type: "string" as const }]));
  const { tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Values = {};
  for (const token of tokens) {
    if (token.kind === "positional") problems.push(`${token.value}: only flags are understood, see --help`);
    if (token.kind !== "option" || token.name === "help") continue;
    const key = Object.entries(flagKeys).find(([name]) => name === token.name)?.[1];
    if (key === undefined) problems.push(`--${token.name} is not a flag${meant(token.name, known, "--")}`);
    else if (token.value === undefined || token.value === "") problems.push(`--${token.name} needs a value`);
    else values[key] = token.value;
  }
  return values;
}

function readEnvironment(env: ConfigSources["env"], problems: string[]): Values {
  const names = new Map(Object.entries(settings).map(([key, schema]) => [noteOf(schema).env, key]));
  const values: Values = {};
  for (const [name, value] of Object.entries(env)) {
    const key = names.get(name);
    if (key !== undefined && value !== undefined && value !== "") values[key] = value;
    if (key === undefined && name.startsWith("SEKISHO_")) {
      problems.push(`${name} is not a setting${meant(name, [...names.keys()], "")}`);
    }
  }
  return values;
}

function readConfigFile(path: string, problems: string[]): Values {
  const known = Object.keys(settings).filter((key) => key !== "dataDir");
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    if (systemErrorCode(error) === "ENOENT") return {};
    problems.push(`${path} cannot be read as JSON`);
    return {};
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    problems.push(`${path} must hold one object`);
    return {};
  }
  const values: Values = {};
  for (const [key, value] of Object.entries(json)) {
    if (known.includes(key)) values[key] = value;
    else problems.push(`${key} in ${configFileName} is not a setting${meant(key, known, "")}`);
  }
  return values;
}

function meant(word: string, known: readonly string[], prefix: string): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `; did you mean ${prefix}${near}?`;
}

function nameFor(key: PropertyKey | undefined): string {
  const found = Object.entries(settings).find(([name]) => name === key);
  return found ? `${found[0]} (${noteOf(found[1]).env})` : String(key);
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value) => typeof value === "string");
}
