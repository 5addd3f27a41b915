import Grid3x3 from "lucide-react/icons/grid-3x3";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Card } from "../../ui/page.tsx";
import { Switch } from "../../ui/switch.tsx";
import { SearchBox } from "./list-head.tsx";
import { MatrixGrid, type MatrixGridProps } from "./matrix-grid.tsx";
import styles from "./matrix.module.css";

export interface MatrixViewProps extends Pick<MatrixGridProps, "source" | "onWindow" | "onOpen"> {
  rows: string;
  columns: string;
  only: boolean;
  groups: number;
  onRows: (text: string) => void;
  onColumns: (text: string) => void;
  onOnly: (only: boolean) => void;
}

export function MatrixView(props: MatrixViewProps): ReactNode {
  const t = useWords("barriers");
  if (props.groups === 0)
    return (
      <Card>
        <EmptyState
          icon={<Grid3x3 />}
          text={t("matrix.empty")}
          action={
            <Link href="/barriers/groups" className={buttonClass()}>
              {t("tab.groups")}
            </Link>
          }
        />
      </Card>
    );
  const { source } = props;
  const nothing = source.rowTotal === 0 || source.columnTotal === 0;
  return (
    <Card>
      <div className={styles["tools"]}>
        <div className={styles["searches"]}>
          <SearchBox label={t("matrix.rows")} value={props.rows} onSearch={props.onRows} />
          <SearchBox label={t("matrix.columns")} value={props.columns} onSearch={props.onColumns} />
        </div>
        <Switch showLabel label={t("matrix.only")} on={props.only} onChange={props.onOnly} />
      </div>
      {nothing ? (
        <EmptyState text={t(props.only ? "matrix.noPolicies" : "search.nothing")} />
      ) : (
        <MatrixGrid label={t("tab.matrix")} most={640} {...props} />
      )}
      <p className={styles["hint"]} role="status">
        {t("matrix.size", { rows: source.rowTotal, columns: source.columnTotal })}
      </p>
    </Card>
  );
}
