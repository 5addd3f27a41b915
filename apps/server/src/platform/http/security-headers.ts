/** Headers of every answer (OPS-2). The policy names no other host: the page asks nobody but this server (DAT-5). */
import type { FastifyInstance } from "fastify";

/**
 * `blob:` for pictures of the own camera and for audio worklets' output only; scripts and styles come from our files.
 * `trusted-types`: the page's bundler and libraries create no policy; the named ones yield the address of one worker each.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self' blob:",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types sekisho-frames sekisho-keys",
].join("; ");

/** What is no document runs nothing, so it says so in a word: the whole policy with every file costs a guest 20 kB. */
export const notADocument = "default-src 'none'; frame-ancestors 'none'";

export function addSecurityHeaders(app: FastifyInstance, secure: boolean): void {
  app.addHook("onRequest", (request, reply, done) => {
    const isFile = /^\/(?:api|assets|sfu|internal|v2|oauth)\//u.test(request.url);
    // Set on the raw answer too, so that an event stream, which fastify does not write, carries them.
    for (const [name, value] of isFile ? fileHeaders : documentHeaders(secure))
      reply.raw.setHeader(name, value);
    done();
  });
}

type Headers = readonly (readonly [string, string])[];

const fileHeaders: Headers = [
  ["content-security-policy", notADocument],
  ["x-content-type-options", "nosniff"],
  ["cross-origin-resource-policy", "same-origin"],
];

function documentHeaders(secure: boolean): Headers {
  const headers: Headers = [
    ["content-security-policy", contentSecurityPolicy],
    ["x-content-type-options", "nosniff"],
    ["referrer-policy", "no-referrer"],
    ["cross-origin-opener-policy", "same-origin"],
    ["cross-origin-resource-policy", "same-origin"],
    [
      "permissions-policy",
      "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=()",
    ],
  ];
  return secure
    ? [...headers, ["strict-transport-security", "max-age=63072000; includeSubDomains"]]
    : headers;
}
