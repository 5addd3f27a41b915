/** Reading an answer whose shape a test knows: a field by its path; undefined where there is none. */
export function at(answer: { readonly body: unknown }, ...path: readonly (string | number)[]): unknown {
  let value: unknown = answer.body;
  for (const step of path)
    value = typeof value === "object" && value !== null ? Reflect.get(value, step) : undefined;
  return value;
}
