/** Which pictures stand where. Pure: who is here, what is shared, what the person chose, how much room there is. */
export type Tile = { readonly identity: string; readonly kind: "camera" | "screen" };

export type StageInput = {
  /** Everybody connected, in the order of the roster; the own picture is put last. */
  readonly people: readonly string[];
  readonly self: string;
  /** Who shares a screen, the own one not counted: it would show itself in itself. */
  readonly screens: readonly string[];
  /** Who spoke last, not oneself. */
  readonly speaker: string | null;
  readonly pinned: string | null;
  readonly view: "grid" | "speaker";
  readonly page: number;
  /** How many tiles a page of the grid holds, and how many the strip. */
  readonly perPage: number;
  readonly perStrip: number;
};

export type Stage = {
  readonly main: Tile | null;
  /** The grid, or the strip beside `main`. */
  readonly tiles: readonly Tile[];
  readonly page: number;
  readonly pages: number;
  /** How many the next page would show; 0 on the last one. */
  readonly next: number;
};

export function stageOf(input: StageInput): Stage {
  const others = input.people.filter((one) => one !== input.self);
  const ordered = input.people.includes(input.self) ? [...others, input.self] : others;
  const main = mainOf(input, others);
  const rest = ordered.filter((one) => main === null || main.kind === "screen" || one !== main.identity);
  const size = main === null ? input.perPage : input.perStrip;
  const pages = Math.max(1, Math.ceil(rest.length / size));
  const page = Math.min(Math.max(0, input.page), pages - 1);
  const shown = rest.slice(page * size, (page + 1) * size);
  return {
    main,
    tiles: shown.map((identity) => ({ identity, kind: "camera" })),
    page,
    pages,
    next: Math.min(size, Math.max(0, rest.length - (page + 1) * size)),
  };
}

function mainOf(input: StageInput, others: readonly string[]): Tile | null {
  const [screen] = input.screens;
  if (screen !== undefined) return { identity: screen, kind: "screen" };
  if (input.pinned !== null && input.people.includes(input.pinned))
    return { identity: input.pinned, kind: "camera" };
  if (input.view === "grid") return null;
  const speaker = input.speaker !== null && others.includes(input.speaker) ? input.speaker : others[0];
  return speaker === undefined ? null : { identity: speaker, kind: "camera" };
}

/** Columns for a number of tiles in a box: the ones that let 16:9 pictures be the largest. */
export function columnsFor(count: number, width: number, height: number): number {
  let best = 1;
  let bestSize = 0;
  for (let columns = 1; columns <= Math.max(1, count); columns += 1) {
    const rows = Math.ceil(count / columns);
    const size = Math.min(width / columns, (height / rows) * (16 / 9));
    // A tie goes to fewer columns: wider names.
    if (size > bestSize * 1.02) {
      best = columns;
      bestSize = size;
    }
  }
  return best;
}
