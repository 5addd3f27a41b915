/** The matrix from the server, block by block: only what a window shows is asked for, and only once it stands still. */
import type { BarrierMatrix } from "@sekisho/contract";
import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { call } from "../../api/client.ts";
import { BLOCK, blocksOf, masksOf, type BlockAt, type Span } from "./matrix-model.ts";
import { BARRIERS, useSettled, type Edits } from "./use-barriers.ts";

/** How long a window stands still before its blocks are asked for (ms): a long scroll asks for where it ends. */
const STILL = 60;

export interface MatrixQuestion {
  readonly rows: string;
  readonly columns: string;
  readonly onlyWithPolicy: boolean;
  readonly draft: Edits;
}

export interface MatrixSide {
  readonly id: string;
  readonly name: string;
}

/** What the grid draws from. Undefined: not here yet. */
export interface MatrixSource {
  readonly rowTotal: number;
  readonly columnTotal: number;
  readonly row: (index: number) => MatrixSide | undefined;
  readonly column: (index: number) => MatrixSide | undefined;
  /** As it is, and as it would be with the draft. */
  readonly masks: (
    row: number,
    column: number,
  ) => { readonly now: number; readonly after: number } | undefined;
}

interface Block extends BlockAt {
  readonly data: BarrierMatrix;
  readonly now: Uint8Array;
  readonly after: Uint8Array | null;
}

function blockOf(question: MatrixQuestion, at: BlockAt) {
  const { draft } = question;
  return queryOptions({
    queryKey: [BARRIERS, "matrix", question, at],
    queryFn: async ({ signal }): Promise<Block> => {
      const side = (q: string, block: number) => ({ offset: block * BLOCK, count: BLOCK, q });
      const body = {
        rows: side(question.rows, at.row),
        columns: side(question.columns, at.column),
        onlyWithPolicy: question.onlyWithPolicy,
        ...(draft.length === 0 ? {} : { draft: [...draft] }),
      };
      const data = await call("POST", "/api/barriers/matrix", { body, signal });
      return {
        ...at,
        data,
        now: masksOf(data.masks),
        after: data.after === null ? null : masksOf(data.after),
      };
    },
    staleTime: 60_000,
  });
}

const START: Span = { first: 0, end: 1 };

export function useMatrix(question: MatrixQuestion) {
  const [seen, setSeen] = useState({ rows: START, columns: START });
  const still = useSettled(seen, STILL);
  // The first block carries the totals; while a new question is on its way the old answer keeps the grid's size.
  const head = useQuery({ ...blockOf(question, { row: 0, column: 0 }), placeholderData: keepPreviousData });
  const others = useQueries({
    queries: blocksOf(still.rows, still.columns).map((at) => blockOf(question, at)),
    combine: (results) => results.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
  const first = head.data;
  const source = useMemo(() => sourceOf(first === undefined ? others : [...others, first]), [others, first]);
  return { query: head, source, onWindow: (rows: Span, columns: Span) => setSeen({ rows, columns }) };
}

function sourceOf(blocks: readonly Block[]): MatrixSource {
  const byPlace = new Map(blocks.map((block) => [`${block.row}/${block.column}`, block]));
  const [any] = blocks;
  const find = (row: number, column: number) =>
    byPlace.get(`${Math.floor(row / BLOCK)}/${Math.floor(column / BLOCK)}`);
  const inRow = new Map(blocks.map((block) => [block.row, block.data.rows]));
  const inColumn = new Map(blocks.map((block) => [block.column, block.data.columns]));
  return {
    rowTotal: any?.data.rowTotal ?? 0,
    columnTotal: any?.data.columnTotal ?? 0,
    row: (index) => inRow.get(Math.floor(index / BLOCK))?.[index % BLOCK],
    column: (index) => inColumn.get(Math.floor(index / BLOCK))?.[index % BLOCK],
    masks: (row, column) => {
      const block = find(row, column);
      if (block === undefined) return undefined;
      const at = (row % BLOCK) * block.data.columns.length + (column % BLOCK);
      const now = block.now[at];
      return now === undefined ? undefined : { now, after: block.after?.[at] ?? now };
    },
  };
}
