import type { BarrierStatus } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { BarriersPage } from "./barriers-page.tsx";
import { FEW } from "./draft-matrix.tsx";
import { MatrixView } from "./matrix-view.tsx";
import { PairDialog } from "./pair-dialog.tsx";
import { useSettled, type Edits } from "./use-barriers.ts";
import { useMatrix, type MatrixSide } from "./use-matrix.ts";

const none: Edits = [];

/** `/barriers/matrix` */
export function MatrixScreen(): ReactNode {
  return <BarriersPage tab="matrix">{(status) => <Matrix status={status} />}</BarriersPage>;
}

function Matrix({ status }: { status: BarrierStatus }): ReactNode {
  const [rows, setRows] = useState("");
  const [columns, setColumns] = useState("");
  const [only, setOnly] = useState(status.groups > FEW);
  const [pair, setPair] = useState<readonly [MatrixSide, MatrixSide] | undefined>(undefined);
  const question = useSettled(`${rows.trim()}\n${columns.trim()}`, 200).split("\n");
  const { query, source, onWindow } = useMatrix({
    rows: question[0] ?? "",
    columns: question[1] ?? "",
    onlyWithPolicy: only,
    draft: none,
  });
  return (
    <Loaded query={query}>
      {() => (
        <>
          <MatrixView
            source={source}
            onWindow={onWindow}
            onOpen={(a, b) => setPair([a, b])}
            rows={rows}
            columns={columns}
            only={only}
            groups={status.groups}
            onRows={setRows}
            onColumns={setColumns}
            onOnly={setOnly}
          />
          {pair !== undefined && (
            <PairDialog a={pair[0]} b={pair[1]} mayEdit={status.mayEdit} onClose={() => setPair(undefined)} />
          )}
        </>
      )}
    </Loaded>
  );
}
