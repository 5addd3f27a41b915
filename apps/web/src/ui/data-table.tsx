import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import styles from "./data-table.module.css";

export interface Column<Row> {
  readonly id: string;
  readonly label: string;
  /** Row actions carry a heading for screen readers only. */
  readonly quietLabel?: boolean;
  readonly number?: boolean;
  /** Short values that stay on one line. */
  readonly tight?: boolean;
  readonly cell: (row: Row) => ReactNode;
}

export interface DataTableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
}

/** The first column heads its row. Under 600 px each row is a card of labels and values. */
export function DataTable<Row>({ label, columns, rows, rowId }: DataTableProps<Row>): ReactNode {
  return (
    <table className={styles["table"]} aria-label={label}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column.id} scope="col" className={classOf(column)}>
              <span className={column.quietLabel === true ? "sr-only" : undefined}>{column.label}</span>
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={rowId(row)}>
            {columns.map((column, index) => (
              <Cell key={column.id} column={column} first={index === 0}>
                {column.cell(row)}
              </Cell>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CellProps {
  column: Pick<Column<never>, "label" | "quietLabel" | "number" | "tight">;
  first: boolean;
  children: ReactNode;
}

function classOf({ number, tight }: CellProps["column"]): string {
  return cx(number === true && styles["number"], tight === true && styles["tight"]);
}

function Cell({ column, first, children }: CellProps): ReactNode {
  const className = classOf(column);
  if (first) {
    return (
      <th scope="row" className={className}>
        {children}
      </th>
    );
  }
  return (
    <td className={className} data-label={column.quietLabel === true ? undefined : column.label}>
      {children}
    </td>
  );
}
