import Ban from "lucide-react/icons/ban";
import Check from "lucide-react/icons/check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { cx } from "../../ui/cx.ts";
import { Name } from "../../ui/person-name.tsx";
import styles from "./matrix.module.css";
import { indicesOf, verdictOf, type Cursor, type Span } from "./matrix-model.ts";
import { useGrid, type Metrics } from "./use-grid.ts";
import type { MatrixSide, MatrixSource } from "./use-matrix.ts";

export interface MatrixGridProps {
  label: string;
  source: MatrixSource;
  onWindow: (rows: Span, columns: Span) => void;
  onOpen: (row: MatrixSide, column: MatrixSide) => void;
  /** As high as its rows, up to this (px). */
  most: number;
}

/** Who can meet whom. Only what the window shows is in the page; the one cell with the focus always is (ARIA grid). */
export function MatrixGrid({ label, source, onWindow, onOpen, most }: MatrixGridProps): ReactNode {
  const t = useWords("barriers");
  const grid = useGrid(source, onWindow);
  const { metrics: at, rows, columns, cursor } = grid;
  const open = ({ row, column }: Cursor) => {
    const [one, other] = [source.row(row), source.column(column)];
    if (one !== undefined && other !== undefined) onOpen(one, other);
  };
  const onKey = (event: KeyboardEvent) => {
    if (!grid.onKey(event) && (event.key === "Enter" || event.key === " ")) {
      event.preventDefault();
      open(cursor);
    }
  };
  return (
    // oxlint-disable-next-line jsx-a11y/interactive-supports-focus -- one of its cells has the focus
    <div
      ref={grid.ref}
      role="grid"
      aria-label={label}
      aria-rowcount={source.rowTotal + 1}
      aria-colcount={source.columnTotal + 1}
      aria-readonly
      className={styles["grid"]}
      style={{ maxBlockSize: most }}
      onScroll={grid.onScroll}
      onKeyDown={onKey}
    >
      <div className={styles["canvas"]} style={{ inlineSize: at.width, blockSize: at.height }}>
        <div role="row" aria-rowindex={1} className={styles["top"]} style={{ blockSize: at.top }}>
          <span
            role="columnheader"
            aria-colindex={1}
            className={styles["corner"]}
            style={{ inlineSize: at.left }}
          >
            <span className="sr-only">{t("col.group")}</span>
          </span>
          {indicesOf(columns, cursor.column).map((column) => (
            <span
              key={column}
              role="columnheader"
              aria-colindex={column + 2}
              className={styles["column"]}
              style={{ insetInlineStart: at.left + column * at.cell, inlineSize: at.cell }}
            >
              <Title side={source.column(column)} />
            </span>
          ))}
        </div>
        {indicesOf(rows, cursor.row).map((row) => (
          <Row
            key={row}
            row={row}
            metrics={at}
            source={source}
            columns={columns}
            cursor={cursor}
            onPress={grid.setCursor}
            onOpen={open}
            focusAsked={grid.focusAsked}
          />
        ))}
      </div>
    </div>
  );
}

function Title({ side }: { side: MatrixSide | undefined }): ReactNode {
  if (side === undefined) return <span className={styles["wait"]} />;
  return (
    <span className={styles["title"]} title={side.name}>
      <Name>{side.name}</Name>
    </span>
  );
}

interface RowProps {
  row: number;
  metrics: Metrics;
  source: MatrixSource;
  columns: Span;
  cursor: Cursor;
  onPress: (at: Cursor) => void;
  onOpen: (at: Cursor) => void;
  focusAsked: { current: boolean };
}

function Row({ row, metrics, source, columns, cursor, ...rest }: RowProps): ReactNode {
  const isHere = cursor.row === row;
  return (
    <div
      role="row"
      aria-rowindex={row + 2}
      className={styles["row"]}
      style={{ insetBlockStart: metrics.top + row * metrics.row, blockSize: metrics.row }}
    >
      <span
        role="rowheader"
        aria-colindex={1}
        className={styles["side"]}
        style={{ inlineSize: metrics.left }}
      >
        <Title side={source.row(row)} />
      </span>
      {indicesOf(columns, isHere ? cursor.column : undefined).map((column) => (
        <Cell
          key={column}
          at={{ row, column }}
          left={metrics.left + column * metrics.cell}
          width={metrics.cell}
          source={source}
          current={isHere && cursor.column === column}
          {...rest}
        />
      ))}
    </div>
  );
}

const ICONS = { meet: <Check />, limited: <CircleDashed />, blocked: <Ban /> } as const;

interface CellProps extends Pick<RowProps, "source" | "onPress" | "onOpen" | "focusAsked"> {
  at: Cursor;
  left: number;
  width: number;
  current: boolean;
}

function Cell({ at, left, width, source, current, onPress, onOpen, focusAsked }: CellProps): ReactNode {
  const t = useWords("barriers");
  const id = useId();
  const cell = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!current || !focusAsked.current) return;
    focusAsked.current = false;
    cell.current?.focus({ preventScroll: true });
  }, [current, focusAsked]);
  const masks = source.masks(at.row, at.column);
  const verdict = masks === undefined ? undefined : verdictOf(masks.after);
  const changed = masks !== undefined && masks.after !== masks.now;
  const same = source.row(at.row)?.id === source.column(at.column)?.id;
  return (
    // Enter and Space belong to the grid, which knows where the focus is.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      ref={cell}
      role="gridcell"
      aria-colindex={at.column + 2}
      aria-describedby={changed ? id : undefined}
      tabIndex={current ? 0 : -1}
      className={styles["cell"]}
      style={{ insetInlineStart: left, inlineSize: width }}
      onFocus={() => onPress(at)}
      onClick={() => onOpen(at)}
    >
      {verdict !== undefined && (
        <span
          className={cx(
            styles["mark"],
            styles[verdict],
            same && verdict === "meet" && styles["own"],
            changed && styles["changed"],
          )}
        >
          {ICONS[verdict]}
          <span>{t(`matrix.${verdict}`)}</span>
          {changed && (
            <span id={id} className="sr-only">
              {t("matrix.changed")}
            </span>
          )}
        </span>
      )}
    </div>
  );
}
