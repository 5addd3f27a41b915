/** F6 goes round the parts of the room in the order in which they are read. */
const ORDER = ["bar", "banner", "stage", "panel", "controls"] as const;

export type Region = (typeof ORDER)[number];

/** `present` in any order. From nowhere it begins at the first one, or backwards at the last. */
export function nextRegion(present: readonly string[], current: string | null, step: 1 | -1): Region | null {
  const there = ORDER.filter((region) => present.includes(region));
  const at = there.findIndex((region) => region === current);
  if (at === -1) return (step === 1 ? there[0] : there.at(-1)) ?? null;
  return there[(at + step + there.length) % there.length] ?? null;
}

export function moveRegion(root: ParentNode, step: 1 | -1): void {
  const all = [...root.querySelectorAll<HTMLElement>("[data-region]")].filter(
    (region) => region.childElementCount > 0,
  );
  const current = document.activeElement?.closest<HTMLElement>("[data-region]")?.dataset["region"] ?? null;
  const next = nextRegion(
    all.map((region) => region.dataset["region"] ?? ""),
    current,
    step,
  );
  all.find((region) => region.dataset["region"] === next)?.focus();
}
