/** Over-sharing is stopped at the border: fields that a response's schema does not name do not leave the server. */
import type { z } from "zod";
import { HttpError } from "./http-error.ts";

/** Takes out the unknown fields and parses again; what still does not fit is a fault of ours, without details. */
export function parseLeavingOut(schema: z.ZodType, answer: unknown): unknown {
  const copy: unknown = structuredClone(answer);
  const first = schema.safeParse(copy);
  if (first.success) return first.data;
  for (const issue of first.error.issues)
    if (issue.code === "unrecognized_keys") for (const key of issue.keys) removeAt(copy, issue.path, key);
  const second = schema.safeParse(copy);
  if (!second.success) throw new HttpError("internal");
  return second.data;
}

function removeAt(root: unknown, path: readonly PropertyKey[], key: string): void {
  let at: unknown = root;
  for (const step of path) at = at !== null && typeof at === "object" ? Reflect.get(at, step) : undefined;
  if (at !== null && typeof at === "object") Reflect.deleteProperty(at, key);
}
