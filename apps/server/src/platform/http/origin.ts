/** Against requests that another site makes with a person's cookies: state changes only from our own pages. */
import type { IncomingHttpHeaders } from "node:http";

/** `origins`: this server's own, e.g. `https://meet.example.jp`. Without `Origin`, only a browser's word counts. */
export function isSameOrigin(headers: IncomingHttpHeaders, origins: readonly string[]): boolean {
  const { origin } = headers;
  if (origin !== undefined) return origins.includes(origin);
  return headers["sec-fetch-site"] === "same-origin";
}
