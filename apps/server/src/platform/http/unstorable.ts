/**
 * Text that PostgreSQL cannot keep, or that is no text at all: U+0000 and halves of surrogate pairs. Refused at the
 * border, so that no query fails on it and no two systems read it differently.
 */
const deepest = 20;

/** Paths of such strings, and of fields nested too deep to be ours. */
export function unstorablePaths(value: unknown, path = "", depth = 0): readonly string[] {
  if (typeof value === "string") return value.includes("\0") || !value.isWellFormed() ? [path] : [];
  if (value === null || typeof value !== "object") return [];
  if (depth >= deepest) return [path];
  return Object.entries(value).flatMap(([name, field]) => {
    const at = path === "" ? name : `${path}.${name}`;
    const wrongName = name.includes("\0") || !name.isWellFormed();
    return wrongName ? [path] : unstorablePaths(field, at, depth + 1);
  });
}
