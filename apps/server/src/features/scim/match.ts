/** Whether a resource, as it is shown, fits a filter. Strings are compared without case, as `caseExact: false` says. */
import type { AttributePath, Comparison, Filter, FilterValue } from "./filter.ts";

/** A plain value, as it stands in a resource. */
export type Json = unknown;

export function fits(resource: Json, filter: Filter): boolean {
  switch (filter.kind) {
    case "and":
      return fits(resource, filter.left) && fits(resource, filter.right);
    case "or":
      return fits(resource, filter.left) || fits(resource, filter.right);
    case "not":
      return !fits(resource, filter.filter);
    case "present":
      return valuesAt(resource, filter.path).some(isPresent);
    case "some":
      return listOf(fieldOf(resource, filter.path.name)).some((one) => fits(one, filter.filter));
    case "compare":
      return compareAll(valuesAt(resource, filter.path), filter.op, filter.value);
  }
}

/** Without case, the object's own fields alone. Undefined: there is none. */
export function fieldOf(object: Json, name: string): Json {
  if (typeof object !== "object" || object === null || Array.isArray(object)) return undefined;
  const found = Object.entries(object).find(([key]) => key.toLowerCase() === name);
  return found?.[1];
}

export function listOf(value: Json): readonly Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? value : [value];
}

/** Of a multi-valued attribute without a sub-attribute its `value`s. */
function valuesAt(resource: Json, { name, sub }: AttributePath): readonly Json[] {
  return listOf(fieldOf(resource, name)).flatMap((one) => {
    if (sub !== null) return listOf(fieldOf(one, sub));
    const isComplex = typeof one === "object" && one !== null;
    return isComplex ? listOf(fieldOf(one, "value")) : [one];
  });
}

function isPresent(value: Json): boolean {
  return value !== undefined && value !== null && value !== "";
}

function compareAll(values: readonly Json[], op: Comparison, wanted: FilterValue): boolean {
  if (op === "ne") return !compareAll(values, "eq", wanted);
  if (wanted === null) return op === "eq" && !values.some(isPresent);
  return values.some((value) => compare(value, op, wanted));
}

function compare(value: Json, op: Comparison, wanted: string | number | boolean): boolean {
  if (typeof value === "string" && typeof wanted === "string")
    return compareText(value.toLowerCase(), op, wanted.toLowerCase());
  if (typeof value !== typeof wanted) return false;
  if (op === "eq") return value === wanted;
  if (typeof value !== "number" || typeof wanted !== "number") return false;
  return ordered(value - wanted, op);
}

function compareText(value: string, op: Comparison, wanted: string): boolean {
  switch (op) {
    case "eq":
      return value === wanted;
    case "co":
      return value.includes(wanted);
    case "sw":
      return value.startsWith(wanted);
    case "ew":
      return value.endsWith(wanted);
    default:
      return ordered(value < wanted ? -1 : value > wanted ? 1 : 0, op);
  }
}

function ordered(sign: number, op: Comparison): boolean {
  switch (op) {
    case "gt":
      return sign > 0;
    case "ge":
      return sign >= 0;
    case "lt":
      return sign < 0;
    case "le":
      return sign <= 0;
    default:
      return false;
  }
}
