import { expect, test } from "vitest";
import { readAdvisories } from "./read-advisories.ts";

const head = `<?xml version="1.0" encoding="UTF-8" ?>
<rdf:RDF xmlns="http://purl.org/rss/1.0/" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"
 xmlns:sec="http://jvn.jp/rss/mod_sec/3.0/" xml:lang="ja">
<channel rdf:about="https://jvndb.jvn.jp/ja/rss/jvndb.rdf"><title>JVNDB livekit</title></channel>`;
const item = (fields: string) => `<item rdf:about="x">${fields}</item>`;
const list = (...items: readonly string[]) => `${head}${items.map(item).join("")}</rdf:RDF>`;
const words = ["postgresql", "node.js", "脆弱"];
const read = (text: string) => readAdvisories(text, words);

const full = `<title>PostgreSQL における権限昇格の脆弱性</title>
  <link>https://jvndb.jvn.jp/ja/contents/2026/JVNDB-2026-004711.html</link>
  <description>PostgreSQL には、権限昇格の脆弱性が存在します。</description>
  <sec:identifier>JVNDB-2026-004711</sec:identifier>
  <sec:references source="CVE" id="CVE-2026-1">https://example.jp/</sec:references>
  <sec:cpe version="2.2" vendor="x" product="y">cpe:/a:postgresql:postgresql</sec:cpe>
  <sec:cvss score="6.5" severity="Medium" version="2.0" type="Base"/>
  <sec:cvss score="8.8" severity="High" version="3.0" type="Base"/>
  <dc:date>2026-11-20T10:00+09:00</dc:date>
  <dcterms:issued>2026-11-18T10:00+09:00</dcterms:issued>
  <dcterms:modified>2026-11-20T10:00+09:00</dcterms:modified>`;

test("[OPS-1] a list of JVN is read: identifier, link, the worst score, dates, and which keywords stand in it", () => {
  expect(read(list(full, "<title>別の製品</title>"))).toEqual([
    {
      id: "JVNDB-2026-004711",
      title: "PostgreSQL における権限昇格の脆弱性",
      link: "https://jvndb.jvn.jp/ja/contents/2026/JVNDB-2026-004711.html",
      severity: "high",
      score: 8.8,
      publishedAt: new Date("2026-11-18T01:00:00Z"),
      modifiedAt: new Date("2026-11-20T01:00:00Z"),
      keywords: ["postgresql", "脆弱"],
    },
  ]);
  expect(read(list())).toEqual([]);
});

test("[OPS-1] no entity of its own is expanded, no document type accepted, and half a list is none", () => {
  const bomb = `<!DOCTYPE x [<!ENTITY a "${"lol".repeat(1000)}">${Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n} "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">`).join("")}]>`;
  const outside = `<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>`;
  for (const type of [bomb, outside])
    expect(read(list(full).replace("<rdf:RDF", `${type}<rdf:RDF`).replace("別", "&a;"))).toBeNull();
  const refused = [
    list("<title>postgresql &a;</title>"),
    list(full).slice(0, -20),
    `${"<a>".repeat(100_000)}`,
    list("<title>postgresql <b><c></title>"),
    "",
    "{}",
    "<html><body>502</body></html>x",
  ];
  for (const text of refused) expect(read(text)).toBeNull();
});

test("[OPS-1] what would run, hide or deceive in a title or a link is text, or is gone", () => {
  const title = "&lt;script&gt;alert(1)&lt;/script&gt;\u202Enode.js\u200B  脆弱性";
  const links = ["javascript:alert(1)", "data:text/html,x", "https://user:word@evil.example/", "//x", "x"];
  for (const link of links) {
    const [found] = read(list(`<title>${title}</title><link>${link}</link>`)) ?? [];
    expect(found).toMatchObject({ title: "<script>alert(1)</script> node.js 脆弱性", link: null });
    expect(found?.id).toMatch(/^[0-9a-f]{16}$/u);
  }
});

test("[OPS-1] however long a list or a text is, what is kept is little", () => {
  const many = list(...Array.from({ length: 2000 }, (_, n) => `<title>node.js ${n}</title>`));
  expect(read(many)).toHaveLength(500);
  const [long] = read(list(`<title>node.js ${"長".repeat(100_000)}</title>`)) ?? [];
  expect(long?.title).toHaveLength(300);
  expect(read(list(...Array.from({ length: 10_001 }, () => "<title>x</title>")))).toBeNull();
});

test("[OPS-1] scores that are none do not count", () => {
  const scored = (score: string) => list(`<title>node.js</title><sec:cvss score="${score}" severity="x"/>`);
  for (const score of ["", "99", "-1", "NaN", "1e99"])
    expect(read(scored(score))?.[0]).toMatchObject({ severity: "unknown", score: null });
  expect(read(scored("0"))?.[0]).toMatchObject({ severity: "none" });
  expect(read(scored("9"))?.[0]).toMatchObject({ severity: "critical" });
});
