/** PATCH (RFC 7644 §3.5.2) as directories send it: operations in any case, with a path or an object of paths. */
import { parsePath, splitPath, type PatchPath } from "./filter.ts";
import { fieldOf, type Json } from "./match.ts";
import { badValue, ScimError } from "./scim-error.ts";

export type PatchStep = {
  readonly op: "add" | "replace" | "remove";
  readonly path: PatchPath;
  /** Undefined where nothing was sent. */
  readonly value: Json;
  /** It stood in an object of values, beside others: what is not known there, or not to be changed, is left out. */
  readonly beside: boolean;
};

const patchSchema = "urn:ietf:params:scim:api:messages:2.0:patchop";
const mostSteps = 1000;

/** In their order. `extensions`: URNs, in lower case, whose attributes may stand in an object of their own. */
export function patchSteps(body: Json, extensions: readonly string[]): readonly PatchStep[] {
  const schemas = fieldOf(body, "schemas");
  const isPatch = Array.isArray(schemas) && schemas.some((one) => String(one).toLowerCase() === patchSchema);
  const operations = fieldOf(body, "operations");
  if (!isPatch || !Array.isArray(operations) || operations.length === 0)
    throw new ScimError(400, "invalidSyntax", "A PatchOp with Operations is what is read here.");
  if (operations.length > mostSteps) throw new ScimError(413, null, "Too many operations in one request.");
  return operations.flatMap((one: Json) => stepsOf(one, extensions));
}

function stepsOf(operation: Json, extensions: readonly string[]): readonly PatchStep[] {
  const op = opOf(fieldOf(operation, "op"));
  const path = fieldOf(operation, "path");
  const value = fieldOf(operation, "value");
  if (path !== undefined && path !== null) {
    if (typeof path !== "string") throw new ScimError(400, "invalidPath", "A path is a string.");
    const extension = extensions.find((urn) => urn === path.toLowerCase());
    if (extension !== undefined) return fieldsOf(value, op, extension);
    return [{ op, path: parsePath(path), value, beside: false }];
  }
  if (op === "remove") throw new ScimError(400, "noTarget", "What is to be removed has no path.");
  if (typeof value !== "object" || value === null || Array.isArray(value))
    throw badValue("Without a path the value is an object.");
  return Object.entries(value).flatMap(([name, field]: [string, Json]) => {
    const extension = extensions.find((urn) => urn === name.toLowerCase());
    if (extension !== undefined) return fieldsOf(field, op, extension);
    const at = splitPath(name);
    return at === null ? [] : [{ op, path: { ...at, where: null }, value: field, beside: true }];
  });
}

/** Attributes of an extension, in its object or, to be removed, all of them. */
function fieldsOf(value: Json, op: PatchStep["op"], schema: string): readonly PatchStep[] {
  if (value === undefined || value === null)
    return [{ op: "remove", path: { schema, name: "", sub: null, where: null }, value, beside: true }];
  if (typeof value !== "object") throw badValue("The attributes of an extension stand in an object.");
  return Object.entries(value).map(([name, field]: [string, Json]) => ({
    ...{ op, value: field, beside: true },
    path: { schema, name: name.toLowerCase(), sub: null, where: null },
  }));
}

function opOf(value: Json): PatchStep["op"] {
  const op = typeof value === "string" ? value.toLowerCase() : "";
  if (op !== "add" && op !== "replace" && op !== "remove")
    throw new ScimError(400, "invalidSyntax", "An operation is add, replace or remove.");
  return op;
}
