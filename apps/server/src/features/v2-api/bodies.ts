/** Bodies as existing clients send them: JSON, forms, and a content type with nothing behind it. */
import type { FastifyInstance } from "fastify";
import { HttpError } from "../../platform/http/http-error.ts";

export function acceptBodies(scope: FastifyInstance): void {
  const json = scope.getDefaultJsonParser("error", "error");
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("application/json", { parseAs: "string" }, (request, body, done) => {
    const text = String(body);
    if (text.trim() === "") done(null, undefined);
    else void json(request, text, done);
  });
  scope.addContentTypeParser(
    "application/x-www-form-urlencoded",
    { parseAs: "string" },
    (_request, body, done) => {
      const text = String(body);
      done(null, text === "" ? undefined : Object.fromEntries(new URLSearchParams(text)));
    },
  );
  scope.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => {
    if (String(body) === "") done(null, undefined);
    else done(new HttpError("unsupported_media_type"));
  });
}
