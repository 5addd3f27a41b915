import { noteOf } from "./setting.ts";
import { settings } from "./settings.ts";

/** docs/CONFIGURATION.md, made from the settings; a test keeps the two equal. */
export function configurationDocument(): string {
  const rows = Object.entries(settings).map(([key, schema]) => {
    const note = noteOf(schema);
    const fallback = note.defaultNote ?? shown(schema.safeParse(undefined).data);
    const about = note.secret === true ? `${note.about} **Secret.**` : note.about;
    return `| \`${key}\` | \`${note.env}\` | ${note.type} | ${fallback} | ${about} |`;
  });
  return [
    ...head,
    "| Key | Environment | Type | Default | What it does |",
    "|---|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

const head = [
  "# Configuration",
  "",
  "`npm start` needs none of this. What is set here is read once, at the start, and checked: an unknown key or a value",
  "out of range stops the start with a sentence that names it.",
  "",
  "Three places, the first one wins:",
  "",
  "1. flags: `npm start -- --help --port --data --domain --lang --host`",
  "2. environment variables",
  "3. `sekisho.config.json` in the data folder: one JSON object with the keys below (all but `dataDir`)",
  "",
  "Lists are JSON arrays in the file and separated by commas in the environment. On an address that others can reach",
  "the server refuses to start while a secret is missing, too short or taken from an example (IDN-1).",
  "",
];

function shown(value: unknown): string {
  if (value === undefined) return "none";
  if (Array.isArray(value)) return value.length === 0 ? "empty" : `\`${value.join(",")}\``;
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}
