/** A row in the list is safe to press once it has stood still for this long (ms). */
export const STILL_MS = 350;
/** Decided rows stay until pointer and focus have been away for this long (ms). */
export const LEAVE_MS = 2000;

export interface StableItem {
  readonly id: string;
  /** Decided, withdrawn, expired or refused: shown as a result, no longer to be pressed. */
  readonly settled: boolean;
}

export interface StableRow<Item> {
  readonly id: string;
  /** The last known content; kept when the item has gone. */
  readonly item: Item;
  readonly settled: boolean;
  /** When this row took its present place and content (ms). */
  readonly since: number;
}

export interface StableList<Item> {
  readonly rows: readonly StableRow<Item>[];
  /** Pointer or focus is inside the box. */
  readonly held: boolean;
  /** When pointer and focus left it (ms). */
  readonly releasedAt: number;
}

export function emptyList<Item>(): StableList<Item> {
  return { rows: [], held: false, releasedAt: Number.NEGATIVE_INFINITY };
}

/**
 * Takes in what the server says now. Rows never change places: known rows keep theirs, rows that have
 * gone stay as results, new rows are appended below in the order given.
 */
export function take<Item extends StableItem>(
  list: StableList<Item>,
  items: readonly Item[],
  now: number,
): StableList<Item> {
  const news = new Map(items.map((item) => [item.id, item]));
  const rows = list.rows.map((row) => {
    const item = news.get(row.id);
    news.delete(row.id);
    const settled = item === undefined || item.settled;
    return { id: row.id, item: item ?? row.item, settled, since: settled === row.settled ? row.since : now };
  });
  const added = [...news.values()].map((item) => ({ id: item.id, item, settled: item.settled, since: now }));
  return { ...list, rows: [...rows, ...added] };
}

export function hold<Item>(list: StableList<Item>): StableList<Item> {
  return list.held ? list : { ...list, held: true };
}

export function release<Item>(list: StableList<Item>, now: number): StableList<Item> {
  return list.held ? { ...list, held: false, releasedAt: now } : list;
}

/** Closes the rows up, all at once, if nobody is at the box. Rows that moved start to stand still anew. */
export function sweep<Item>(list: StableList<Item>, now: number): StableList<Item> {
  if (list.held || now - list.releasedAt < LEAVE_MS) return list;
  const stays = (row: StableRow<Item>) => !row.settled || now - row.since < LEAVE_MS;
  const firstGone = list.rows.findIndex((row) => !stays(row));
  if (firstGone === -1) return list;
  const rows = list.rows.flatMap((row, index) => {
    if (!stays(row)) return [];
    return [index < firstGone ? row : { ...row, since: now }];
  });
  return { ...list, rows };
}

/** When the next sweep can close something up (ms), or undefined if nothing waits for one. */
export function nextSweep<Item>(list: StableList<Item>): number | undefined {
  if (list.held) return undefined;
  const settled = list.rows.filter((row) => row.settled).map((row) => row.since + LEAVE_MS);
  if (settled.length === 0) return undefined;
  return Math.max(Math.min(...settled), list.releasedAt + LEAVE_MS);
}

/** Whether a press that began now on this row is meant for this row. */
export function mayPress<Item>(list: StableList<Item>, id: string, now: number): boolean {
  const row = list.rows.find((candidate) => candidate.id === id);
  return row !== undefined && !row.settled && now - row.since >= STILL_MS;
}
