/** Words that promise instead of doing, and addresses that the product would call at somebody else's. */
import { filesOf, isShipped, isSource, lineOf, withoutComments, type SourceFile } from "./files.ts";
import type { Step } from "./step.ts";

const promises = new RegExp(
  ["TODO", "FIXME", "XXX", "HACK", "coming soon", "not implemented", "lorem ipsum"]
    .map((word) => `\\b${word}\\b`)
    .join("|"),
  "giu",
);
const thisFile = "scripts/check/words.ts";

function isText(path: string): boolean {
  if (path === thisFile || path === "package-lock.json") return false;
  return isSource(path) || /\.(?:md|json|css|html|yaml|yml|sql)$/u.test(path);
}

function hits({ path, text }: SourceFile, what: RegExp, says: string): readonly string[] {
  return [...text.matchAll(what)].map(
    (hit) => `${path}:${String(lineOf(text, hit.index))}: ${says}: ${hit[0]}`,
  );
}

export const words: Step = {
  name: "words",
  run: async (root) =>
    filesOf(root, isText)
      // The rules name the words that they forbid.
      .filter(({ path }) => !/^(?:docs\/STYLE|CONTRIBUTING)\.md$/u.test(path))
      .flatMap((file) => hits(file, promises, "do it now, or write it into an issue")),
  planted: [
    {
      path: "apps/server/src/later.ts",
      text: "// TODO: check the ticket\nexport const a = 1;\n",
      says: "TODO",
    },
    { path: "apps/web/src/i18n/en/later.json", text: '{ "a": "Coming soon" }\n', says: "Coming soon" },
  ],
};

/** Hosts that shipped code may name, each for a reason. */
const knownHosts: readonly (readonly [host: RegExp, why: string])[] = [
  [/^(?:localhost|127\.0\.0\.1|\[::1?\]|0\.0\.0\.0)$/u, "this machine"],
  [/(?:^|\.)example(?:\.(?:com|jp|org|net))?$|\.(?:test|invalid|local)$/u, "RFC 2606: nobody's"],
  [/^www\.w3\.org$/u, "names of namespaces; never fetched"],
  [
    /^calendar\.google\.com$|^outlook\.(?:office|live)\.com$/u,
    "MTG-6: links that a person follows on purpose",
  ],
  [
    /^acme(?:-staging)?-v02\.api\.letsencrypt\.org$/u,
    "--domain: the certificate authority, asked by the server",
  ],
  [
    /^www\.cryptrec\.go\.jp$/u,
    "ENC-6: the list that algorithms are held against; a link that a person follows",
  ],
  [/^json-schema\.org$|^spec\.openapis\.org$/u, "names of schemas; never fetched"],
];

const address =
  /\b(?:https?|wss?):\/\/(\[[0-9a-f:]+\]|[a-z0-9.-]+\.[a-z]{2,}|localhost|\d+\.\d+\.\d+\.\d+)/giu;

function strangeHosts({ path, text }: SourceFile): readonly string[] {
  const code = withoutComments(text);
  return [...code.matchAll(address)].flatMap((hit) => {
    const host = (hit[1] ?? "").toLowerCase();
    if (knownHosts.some(([known]) => known.test(host))) return [];
    return [`${path}:${String(lineOf(code, hit.index))}: names a third party: ${host}`];
  });
}

export const hosts: Step = {
  name: "third parties",
  run: async (root) =>
    filesOf(
      root,
      (path) => isShipped(path) && (isSource(path) || /\.(?:css|html|json|svg|sql)$/u.test(path)),
    ).flatMap(strangeHosts),
  planted: [
    {
      path: "apps/web/src/theme/font.css",
      text: '@import url("https://fonts.googleapis.com/css2");\n',
      says: "fonts.googleapis.com",
    },
    {
      path: "apps/server/src/stun.ts",
      text: 'export const stun = "https://stun.cloud.org/list";\n',
      says: "stun.cloud.org",
    },
  ],
};
