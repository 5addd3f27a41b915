/**
 * A list of known weaknesses in JVN's form (RSS 1.0 in RDF with JVN's security module, jvn.jp/rss and jvndb.jvn.jp/rss), from
 * somebody whom nobody has to believe: no document type, so no entity of its own, and limits to everything (OPS-1).
 */
import type { AdvisorySeverity } from "@sekisho/contract";
import { createHash } from "node:crypto";
import { SaxesParser, type SaxesTagNS } from "saxes";
import { keywordsIn } from "./keywords.ts";

export type FoundAdvisory = {
  readonly id: string;
  readonly title: string;
  readonly link: string | null;
  readonly severity: AdvisorySeverity;
  readonly score: number | null;
  readonly publishedAt: Date | null;
  readonly modifiedAt: Date | null;
  readonly keywords: readonly string[];
};

const deepest = 32;
const mostItems = 10_000;
const mostFound = 500;
const longestText = 8000;

type Item = { readonly texts: Map<string, string>; score: number | null };

/** Those in which a keyword stands; null: this is no such list. */
export function readAdvisories(text: string, keywords: readonly string[]): readonly FoundAdvisory[] | null {
  const items = readItems(text);
  if (items === null) return null;
  const found = items.flatMap((item) => advisoryOf(item, keywords) ?? []);
  const byId = new Map(found.map((one) => [one.id, one]));
  return [...byId.values()].slice(0, mostFound);
}

function readItems(text: string): readonly Item[] | null {
  const parser = new SaxesParser({ xmlns: true });
  const items: Item[] = [];
  const open: string[] = [];
  let item: Item | null = null;
  parser.on("error", refuse);
  parser.on("doctype", refuse);
  parser.on("opentag", (tag) => {
    open.push(tag.local);
    if (open.length > deepest) refuse();
    if (tag.local === "item") item = { texts: new Map(), score: null };
    if (tag.local === "cvss" && item !== null) noteScore(item, tag);
  });
  const note = (piece: string) => {
    const name = open.at(-1) ?? "";
    if (item === null || name === "item") return;
    const before = item.texts.get(name) ?? "";
    if (before.length < longestText) item.texts.set(name, before + piece.slice(0, longestText));
  };
  parser.on("text", note);
  parser.on("cdata", note);
  parser.on("closetag", () => {
    if (open.pop() !== "item" || item === null) return;
    items.push(item);
    item = null;
    if (items.length > mostItems) refuse();
  });
  try {
    parser.write(text).close();
  } catch {
    return null;
  }
  return items;
}

function refuse(): never {
  throw new Error("no list of weaknesses");
}

/** Several editions of CVSS may stand side by side; the worst counts. */
function noteScore(item: Item, { attributes }: SaxesTagNS): void {
  const text = attributes["score"]?.value ?? "";
  if (!/^\d{1,2}(?:\.\d{1,3})?$/u.test(text) || Number(text) > 10) return;
  item.score = Math.max(item.score ?? 0, Number(text));
}

function advisoryOf({ texts, score }: Item, keywords: readonly string[]): FoundAdvisory | null {
  const text = (name: string) => plain(texts.get(name) ?? "");
  const matched = keywordsIn(`${text("title")} ${text("description")} ${text("cpe")}`, keywords);
  if (matched.length === 0) return null;
  const link = linkOf(text("link"));
  const named = text("identifier");
  const id = /^[\w#.:-]{4,64}$/u.test(named) ? named : idOf(`${text("link")} ${text("title")}`);
  return {
    id,
    title: text("title").slice(0, 300) || id,
    link,
    severity: score === null ? "unknown" : severityOf(score),
    score,
    publishedAt: dateOf(text("issued")) ?? dateOf(text("date")),
    modifiedAt: dateOf(text("modified")) ?? dateOf(text("date")),
    keywords: matched,
  };
}

/** Nothing that steers a terminal, turns the direction of writing, or hides. */
function plain(text: string): string {
  return text.replaceAll(/[\p{C}\s]+/gu, " ").trim();
}

function linkOf(text: string): string | null {
  const url = URL.parse(text);
  const isWeb = url !== null && ["https:", "http:"].includes(url.protocol) && url.username === "";
  return isWeb && url.href.length <= 500 ? url.href : null;
}

function idOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}

function dateOf(text: string): Date | null {
  const at = Date.parse(text);
  return Number.isNaN(at) || at < 0 || at > 8_640_000_000_000_000 ? null : new Date(at);
}

/** Table 14 of CVSS 3.1. */
function severityOf(score: number): AdvisorySeverity {
  if (score >= 9) return "critical";
  if (score >= 7) return "high";
  if (score >= 4) return "medium";
  return score > 0 ? "low" : "none";
}
