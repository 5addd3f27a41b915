import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { contradictions, unsafeSecrets } from "./check-config.ts";
import { completeConfig, type Config } from "./config.ts";
import { type ConfigProblem, invalidConfig } from "./config-problem.ts";
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
  const problems: ConfigProblem[] = [];
  const flags = readFlags(sources.argv, problems);
  const environment = readEnvironment(sources.env, problems);
  const dataDir = firstText(flags["dataDir"], environment["dataDir"]) ?? "data";
  const file = readConfigFile(join(resolve(sources.root, dataDir), configFileName), problems);
  const parsed = settingsSchema.safeParse({ ...file, ...environment, ...flags });
  if (!parsed.success) {
    for (const { path } of parsed.error.issues) problems.push(wrongValue(path[0]));
  }
  if (!parsed.success || problems.length > 0) throw invalidConfig(problems);
  const config = completeConfig(parsed.data, sources.root, languageOf(parsed.data.lang, sources.env));
  const contrary = contradictions(config);
  if (contrary.length > 0) throw invalidConfig(contrary);
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

function readFlags(argv: readonly string[], problems: ConfigProblem[]): Values {
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
    if (token.kind === "positional" && problems.length === 0) {
      problems.push({ code: "notAFlag", details: { name: token.value } });
    }
    if (token.kind !== "option" || token.name === "help") continue;
    const key = Object.entries(flagKeys).find(([name]) => name === token.name)?.[1];
    if (key === undefined)
      problems.push(
        unknown(
          `--${token.name}`,
          known.map((name) => `--${name}`),
        ),
      );
    else if (!token.value) problems.push({ code: "needsValue", details: { name: `--${token.name}` } });
    else values[key] = token.value;
  }
  return values;
}

function readEnvironment(env: ConfigSources["env"], problems: ConfigProblem[]): Values {
  const names = new Map(Object.entries(settings).map(([key, schema]) => [noteOf(schema).env, key]));
  const values: Values = {};
  for (const [name, value] of Object.entries(env)) {
    const key = names.get(name);
    if (key !== undefined && value !== undefined && value !== "") values[key] = value;
    if (key === undefined && name.startsWith("SEKISHO_")) {
      problems.push(unknown(name, [...names.keys()]));
    }
  }
  return values;
}

function readConfigFile(path: string, problems: ConfigProblem[]): Values {
  const known = Object.keys(settings).filter((key) => key !== "dataDir");
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    // No folder yet, or a file in its place: the latter is told when the folder is opened.
    if (["ENOENT", "ENOTDIR"].includes(systemErrorCode(error) ?? "")) return {};
    problems.push({ code: "notJson", details: { name: path } });
    return {};
  }
  if (typeof json !== "object" || json === null || Array.isArray(json)) {
    problems.push({ code: "notObject", details: { name: path } });
    return {};
  }
  const values: Values = {};
  for (const [key, value] of Object.entries(json)) {
    if (known.includes(key)) values[key] = value;
    else problems.push(unknown(key, known));
  }
  return values;
}

function unknown(name: string, known: readonly string[]): ConfigProblem {
  const near = nearest(name, known);
  return near === undefined
    ? { code: "unknown", details: { name } }
    : { code: "unknownNear", details: { name, near } };
}

function wrongValue(key: PropertyKey | undefined): ConfigProblem {
  const found = Object.entries(settings).find(([name]) => name === key);
  const note = found && noteOf(found[1]);
  const name = note === undefined ? String(key) : `${String(key)} (${note.env})`;
  return { code: "wrongValue", details: { name, type: note?.type ?? "" } };
}

function firstText(...values: unknown[]): string | undefined {
  return values.find((value) => typeof value === "string");
}
