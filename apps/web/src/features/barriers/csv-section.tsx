import type { BarrierStatus } from "@sekisho/contract";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { CsvView, ImportProblems, type CsvKind } from "./csv-view.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { useProblem } from "./use-problem.ts";

/** Out as CSV, and in through the same preview as every other change: a file alone changes nothing. */
export function CsvSection({ status }: { status: BarrierStatus }): ReactNode {
  const s = useWords("barriers-sync");
  const problem = useProblem();
  const read = useMutation({
    mutationFn: async ({ what, file }: { what: CsvKind; file: File }) => {
      // The server decodes nothing: a file in another encoding must not become other names.
      const csv = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
      return call("POST", "/api/barriers/import/:what", { params: { what }, body: { csv } });
    },
  });
  const answer = read.data;
  const close = () => read.reset();
  const clean = answer !== undefined && answer.problems.length === 0;
  return (
    <>
      <CsvView
        mayEdit={status.mayEdit}
        working={read.isPending}
        nothing={clean && answer.edits.length === 0}
        problem={read.error instanceof TypeError ? s("csv.encoding") : problem(read.error)}
        onFile={(what, file) => read.mutate({ what, file })}
      />
      {answer !== undefined && answer.problems.length > 0 && (
        <ImportProblems problems={answer.problems} onClose={close} />
      )}
      {clean && answer.edits.length > 0 && (
        <ReviewDialog
          title={s("csv.title")}
          edits={answer.edits}
          version={status.version}
          confirm={s("csv.confirm")}
          onClose={close}
        >
          <p>{s("csv.changes", { count: answer.edits.length })}</p>
        </ReviewDialog>
      )}
    </>
  );
}
