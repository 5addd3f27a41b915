import type { BarrierStatus } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Card } from "../../ui/page.tsx";
import { MatrixGrid } from "./matrix-grid.tsx";
import styles from "./matrix.module.css";
import { PairDialog } from "./pair-dialog.tsx";
import { useSettled, type Edits } from "./use-barriers.ts";
import { useMatrix, type MatrixSide, type MatrixSource } from "./use-matrix.ts";

/** More groups than this, and only those with a policy stand under the form. */
export const FEW = 30;

/** Under the form: the matrix as it would be, with what the draft changes ringed. */
export function DraftMatrix({ status, edits }: { status: BarrierStatus; edits: Edits }): ReactNode {
  const draft = useSettled(edits, 250);
  const many = status.groups > FEW;
  const { source, onWindow } = useMatrix({ rows: "", columns: "", onlyWithPolicy: many, draft });
  const [pair, setPair] = useState<readonly [MatrixSide, MatrixSide] | undefined>(undefined);
  if (source.rowTotal === 0) return null;
  return (
    <>
      <DraftMatrixView source={source} onWindow={onWindow} many={many} onOpen={(a, b) => setPair([a, b])} />
      {pair !== undefined && (
        <PairDialog a={pair[0]} b={pair[1]} mayEdit={false} onClose={() => setPair(undefined)} />
      )}
    </>
  );
}

interface DraftMatrixViewProps {
  source: MatrixSource;
  many: boolean;
  onWindow: Parameters<typeof MatrixGrid>[0]["onWindow"];
  onOpen: Parameters<typeof MatrixGrid>[0]["onOpen"];
}

export function DraftMatrixView({ source, many, onWindow, onOpen }: DraftMatrixViewProps): ReactNode {
  const t = useWords("barriers");
  return (
    <Card>
      <div className={styles["tools"]}>
        <h2>{t("tab.matrix")}</h2>
        <span className={styles["legend"]}>{t("matrix.legend")}</span>
      </div>
      <MatrixGrid label={t("tab.matrix")} source={source} onWindow={onWindow} onOpen={onOpen} most={480} />
      {many && <p className={styles["hint"]}>{t("matrix.onlyNote")}</p>}
    </Card>
  );
}
