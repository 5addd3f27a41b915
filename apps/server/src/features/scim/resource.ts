/** What all resources have in common: the tag of a representation, lists, and what of it was asked for. */
import { createHash } from "node:crypto";
import { canonical } from "../../platform/evidence/chain.ts";
import { splitPath } from "./filter.ts";
import { ScimError } from "./scim-error.ts";
import { urns } from "./urns.ts";

export type Resource = { readonly id: string; readonly schemas: readonly string[] } & Readonly<
  Record<string, unknown>
>;

/** Of the representation itself, so that it changes with whatever changes it, by whichever door. */
export function tagOf(resource: Resource): string {
  const { meta: _meta, ...rest } = resource;
  return `W/"${createHash("sha256").update(canonical(rest)).digest("base64url").slice(0, 22)}"`;
}

/** `If-Match` (RFC 7644 §3.14). Throws 412. */
export function requireTag(ifMatch: string | null, resource: Resource): void {
  if (ifMatch === null || ifMatch.trim() === "*") return;
  const own = strong(tagOf(resource));
  if (!ifMatch.split(",").some((one) => strong(one) === own))
    throw new ScimError(412, null, "It has changed since. Read it again.");
}

function strong(tag: string): string {
  return tag.trim().replace(/^W\//u, "");
}

/** `If-None-Match`. */
export function isKnown(ifNoneMatch: string | undefined, tag: string): boolean {
  return ifNoneMatch !== undefined && ifNoneMatch.split(",").some((one) => strong(one) === strong(tag));
}

export type PageAsked = { readonly startIndex: number; readonly count: number };

const mostInPage = 200;
const usualPage = 100;

/** Values out of range are the nearest ones that are in it (RFC 7644 §3.4.2.4). Throws `invalidValue`. */
export function pageAsked(query: Readonly<Record<string, string>>): PageAsked {
  return {
    startIndex: Math.max(1, numberIn(query["startIndex"], 1)),
    count: Math.min(mostInPage, Math.max(0, numberIn(query["count"], usualPage))),
  };
}

function numberIn(text: string | undefined, usual: number): number {
  if (text === undefined || text === "") return usual;
  if (!/^-?\d{1,9}$/u.test(text)) throw new ScimError(400, "invalidValue", "It is not a whole number.");
  return Number(text);
}

export function listOfResources(
  { startIndex }: PageAsked,
  totalResults: number,
  resources: readonly object[],
) {
  return {
    schemas: [urns.list],
    ...{ totalResults, startIndex, itemsPerPage: resources.length, Resources: resources },
  };
}

/** `attributes` and `excludedAttributes` (§3.9), by whole attributes; `id` and `schemas` are always answered. */
export function shownOf(resource: Resource, query: Readonly<Record<string, string>>): object {
  const only = namesIn(query["attributes"]);
  const without = namesIn(query["excludedAttributes"]);
  const isShown = (name: string) => {
    const key = name.toLowerCase();
    if (key === "id" || key === "schemas") return true;
    return only === null ? without?.has(key) !== true : only.has(key);
  };
  return Object.fromEntries(Object.entries(resource).filter(([name]) => isShown(name)));
}

function namesIn(text: string | undefined): ReadonlySet<string> | null {
  if (text === undefined || text.trim() === "") return null;
  const names = text.split(",").slice(0, 100);
  return new Set(
    names.flatMap((one) => {
      const name = one.trim();
      const path = splitPath(name);
      // An extension by its URN, or one of its attributes.
      return [name.toLowerCase(), path?.name ?? "", path?.schema ?? ""].filter((key) => key !== "");
    }),
  );
}
