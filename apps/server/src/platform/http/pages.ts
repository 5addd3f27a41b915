/** The page's files, compressed beforehand, and one document for every address of the page. */
import fastifyStatic from "@fastify/static";
import type { FastifyInstance, FastifyReply } from "fastify";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { HttpError } from "./http-error.ts";

/** `webRoot`: the built page (null: none, as in tests of the API), with `index.html` and `assets/` whose names carry a hash of their content. */
export async function servePages(app: FastifyInstance, webRoot: string | null): Promise<void> {
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === "GET" && String(request.headers.accept ?? "").includes("text/html");
    const isPage = !/^\/(?:api|sfu|internal|assets|v2|oauth)(?:\/|$)/u.test(request.url.split("?")[0] ?? "");
    if (wantsPage && isPage && webRoot !== null) return sendDocument(reply);
    return reply.status(404).header("cache-control", "no-store").send(new HttpError("not_found").body);
  });
  if (webRoot === null) return;
  await app.register(fastifyStatic, {
    root: webRoot,
    preCompressed: true,
    index: false,
    wildcard: true,
    dotfiles: "ignore",
    cacheControl: false,
    setHeaders: (response, path) => {
      const hashed = path.includes("/assets/");
      response.header("cache-control", hashed ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

function sendDocument(reply: FastifyReply): FastifyReply {
  return reply.header("cache-control", "no-cache").sendFile("index.html");
}

/** Which page this is, as its build wrote it into the document: a hash over what the document loads (OPS-1). */
export function pageIdOf(webRoot: string | null): string | null {
  if (webRoot === null) return null;
  const document = readFileSync(join(webRoot, "index.html"), "utf8");
  return /<meta name="sekisho-page" content="([0-9a-f]{16})"/u.exec(document)?.[1] ?? null;
}
