/** What is wrong with the catalogues, for `npm run check`. Reads files only; no build needed. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

export interface I18nProblem {
  readonly file: string;
  readonly text: string;
}

export interface I18nFolders {
  /** Holds `ja/` and `en/`. */
  readonly catalogues: string;
  /** Sources that use the words. */
  readonly sources: string;
}

const HERE: I18nFolders = { catalogues: import.meta.dirname, sources: join(import.meta.dirname, "..") };
const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;
const PLURAL = /_(?:one|other)$/u;
/** Written in Japanese on purpose in English: the product's Japanese name, the name of the language. */
const JAPANESE_IN_ENGLISH = new Set(["productJapanese", "otherLanguage", "language.ja"]);

export function findI18nProblems(folders: I18nFolders = HERE): I18nProblem[] {
  const names = (lang: string) => readdirSync(join(folders.catalogues, lang)).sort();
  const problems: I18nProblem[] = [];
  for (const name of new Set([...names("ja"), ...names("en")])) {
    const ja = readCatalogue(join(folders.catalogues, "ja", name));
    const en = readCatalogue(join(folders.catalogues, "en", name));
    problems.push(...compare(name, ja, en));
  }
  const used = readSources(folders.sources);
  for (const name of names("ja")) problems.push(...compareUse(name, folders, used));
  problems.push(...used.flatMap((source) => stringsInJsx(source)));
  return problems;
}

type Catalogue = Readonly<Record<string, string>>;

function readCatalogue(path: string): Catalogue {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof parsed !== "object" || parsed === null) return {};
    return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
  } catch {
    return {};
  }
}

const bases = (catalogue: Catalogue) => new Set(Object.keys(catalogue).map((key) => key.replace(PLURAL, "")));

function compare(name: string, ja: Catalogue, en: Catalogue): I18nProblem[] {
  const problems: I18nProblem[] = [];
  const jaKeys = bases(ja);
  const enKeys = bases(en);
  for (const key of jaKeys) if (!enKeys.has(key)) problems.push({ file: `en/${name}`, text: `lacks ${key}` });
  for (const key of enKeys) if (!jaKeys.has(key)) problems.push({ file: `ja/${name}`, text: `lacks ${key}` });
  for (const [key, value] of Object.entries(en)) {
    if (JAPANESE.test(value) && !JAPANESE_IN_ENGLISH.has(key))
      problems.push({ file: `en/${name}`, text: `Japanese in ${key}` });
    const other = ja[key] ?? ja[key.replace(PLURAL, "")];
    if (other !== undefined && places(value) !== places(other) && !key.endsWith("_one"))
      problems.push({ file: `en/${name}`, text: `other places than in Japanese: ${key}` });
    if (value.trim() === "") problems.push({ file: `en/${name}`, text: `empty: ${key}` });
  }
  for (const [key, value] of Object.entries(ja))
    if (value.trim() === "") problems.push({ file: `ja/${name}`, text: `empty: ${key}` });
  return problems;
}

function places(sentence: string): string {
  return [...new Set(sentence.match(/\{\{\w+\}\}/gu))].sort().join();
}

interface Source {
  readonly file: string;
  readonly code: string;
  /** Catalogue name by variable: `const t = useWords("home")`. */
  readonly words: ReadonlyMap<string, string>;
}

const BINDING = /(?:const|let)\s+(\w+)\s*=\s*(?:useWords|wordsOf)\((?:[\w.()]+,\s*)?"([\w-]+)"\)/gu;
const PARAMETER = /\b(\w+):\s*(?:Words|ReturnType<typeof useWords)<"([\w-]+)">/gu;

function readSources(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(
      (entry) =>
        entry.isFile() && /\.tsx?$/u.test(entry.name) && !/(?:\.test|samples?)\.tsx?$/u.test(entry.name),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !/[/\\](?:gallery|i18n)[/\\]/u.test(path) && !path.includes(".gallery."))
    .map((path) => {
      const code = readFileSync(path, "utf8");
      const found = [...code.matchAll(BINDING), ...code.matchAll(PARAMETER)];
      const words = new Map(found.map(([, variable = "", name = ""]) => [variable, name]));
      return { file: relative(folder, path), code, words };
    });
}

/** Models that choose a key for several features stand here. */
const SHARED = "meeting-shell";

/** A key is used where it, or the part before a `${…}`, stands in a file that has this catalogue, or in a model beside it. */
function compareUse(name: string, folders: I18nFolders, sources: readonly Source[]): I18nProblem[] {
  const namespace = name.replace(/\.json$/u, "");
  const keys = bases(readCatalogue(join(folders.catalogues, "ja", name)));
  const problems: I18nProblem[] = [];
  const touched = sources.filter(
    ({ code, words }) => [...words.values()].includes(namespace) || code.includes(`"${namespace}"`),
  );
  const patterns: RegExp[] = [];
  for (const { file, code, words } of touched) {
    for (const { key, dynamic } of callsOf(code, words, namespace)) {
      if (dynamic) patterns.push(patternOf(key));
      else if (!keys.has(key)) problems.push({ file, text: `${namespace} has no ${key}` });
    }
  }
  const beside = new Set([SHARED, ...touched.map(({ file }) => dirname(file))]);
  const near = sources.filter(({ file }) => beside.has(dirname(file)));
  for (const { code } of near)
    for (const [, template = ""] of code.matchAll(/`([a-z][\w.]*\.\$\{[^`]*)`/giu))
      patterns.push(patternOf(template));
  const quoted = new Set(
    near.flatMap(({ code }) => [...code.matchAll(/["'`]([\w.-]+)["'`]/gu)].map((hit) => hit[1] ?? "")),
  );
  for (const key of keys)
    if (!quoted.has(key) && !patterns.some((pattern) => pattern.test(key)))
      problems.push({ file: `ja/${name}`, text: `unused: ${key}` });
  return problems;
}

interface Call {
  readonly key: string;
  readonly dynamic: boolean;
}

function callsOf(code: string, words: ReadonlyMap<string, string>, namespace: string): Call[] {
  const own = [...words].filter(([, name]) => name === namespace).map(([variable]) => variable);
  if (own.length === 0) return [];
  const call = new RegExp(
    `\\b(?:${own.join("|")})(?:\\.rich|\\.maybe)?\\(\\s*(["\`])((?:(?!\\1).)+)\\1`,
    "gu",
  );
  // A variable may stand for two catalogues in two functions of one file; then only unused keys can be told.
  const clear = new Set(words.values()).size === new Set(words.keys()).size;
  return [...code.matchAll(call)].flatMap(([, quote = "", key = ""]) => {
    const dynamic = quote === "`" && key.includes("${");
    return dynamic || clear ? [{ key, dynamic }] : [];
  });
}

function patternOf(template: string): RegExp {
  const parts = template
    .split(/\$\{(?:[^{}]|\{[^}]*\})*\}/u)
    .map((part) => part.replaceAll(/[.*+?^$()|[\]\\{}]/gu, String.raw`\$&`));
  return new RegExp(`^${parts.join("[\\w.-]+")}$`, "u");
}

/** Japanese in a source is copy that belongs into the catalogue; so is English between tags. */
function stringsInJsx({ file, code }: Source): I18nProblem[] {
  const bare = code.replaceAll(/\/\*[\s\S]*?\*\//gu, "").replaceAll(/(?<![:\w])\/\/.*$/gmu, "");
  const problems: I18nProblem[] = [];
  const allowed = /regexp|["'`（）年月日ー−・、]/u;
  for (const [index, line] of bare.split("\n").entries()) {
    const hits = line.match(/[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]{2,}/gu) ?? [];
    if (hits.some((hit) => !allowed.test(hit)))
      problems.push({ file, text: `Japanese in line ${index + 1}: ${hits.join(" ")}` });
    if (file.endsWith(".tsx") && /<\w[^<>]*>\s*[A-Za-z][a-z]+(?:\s+[a-z]+)+[^<>{}=;()]*<\//u.test(line))
      problems.push({ file, text: `words in line ${index + 1}: ${line.trim()}` });
  }
  return problems;
}
