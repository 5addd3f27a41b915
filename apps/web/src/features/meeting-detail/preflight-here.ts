import type { CheckLine } from "@sekisho/contract";

/** CNF-6: what the server found, and of this browser what only it can say. */
export function linesHere(lines: readonly CheckLine[], protects: boolean): readonly CheckLine[] {
  return lines.map((line) => {
    if (line.id !== "e2ee" || line.found !== "on") return line;
    return protects ? { ...line, found: "here" } : { ...line, state: "notPossible", found: "notHere" };
  });
}
