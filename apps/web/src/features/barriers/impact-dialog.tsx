import type { BarrierImpactItem } from "@sekisho/contract";
import { useMutation } from "@tanstack/react-query";
import { useEffect, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { Name } from "../../ui/person-name.tsx";
import { Waiting } from "../../ui/progress.tsx";
import styles from "./impact.module.css";
import { useProblem } from "./use-problem.ts";
import type { Edits } from "./use-barriers.ts";

export type ImpactKind = BarrierImpactItem["kind"];
const KINDS: readonly ImpactKind[] = ["removed", "restricted", "upcoming", "otherGroup", "ungrouped"];

/** The names behind the numbers. Opening it is one look, and recorded as one (BAR-11). */
export function ImpactDialog({ edits, onClose }: { edits: Edits; onClose: () => void }): ReactNode {
  const problem = useProblem();
  const look = useMutation({
    mutationFn: () => call("POST", "/api/barriers/impact", { body: { edits: [...edits] } }),
  });
  const { mutate } = look;
  useEffect(() => mutate(), [mutate]);
  return (
    <ImpactListDialog
      items={look.data?.items}
      more={look.data?.more ?? 0}
      problem={problem(look.error)}
      onClose={onClose}
    />
  );
}

export interface ImpactListDialogProps {
  items: readonly BarrierImpactItem[] | undefined;
  more: number;
  problem: string | undefined;
  onClose: () => void;
}

export function ImpactListDialog({ items, more, problem, onClose }: ImpactListDialogProps): ReactNode {
  const t = useWords("barriers");
  return (
    <Dialog title={t("impact.title")} closable onClose={onClose}>
      <p>{t("impact.recorded")}</p>
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      {items === undefined && problem === undefined && <Waiting>{t("impact.checking")}</Waiting>}
      {items?.length === 0 && <p>{t("impact.nobody")}</p>}
      {KINDS.map((kind) => (
        <Kind key={kind} kind={kind} items={items?.filter((item) => item.kind === kind) ?? []} />
      ))}
      {more > 0 && <p>{t("impact.more", { count: more })}</p>}
    </Dialog>
  );
}

function Kind({ kind, items }: { kind: ImpactKind; items: readonly BarrierImpactItem[] }): ReactNode {
  const t = useWords("barriers");
  if (items.length === 0) return null;
  return (
    <section>
      <h3 className={styles["kind"]}>{t(`kind.${kind}`)}</h3>
      <ul className={styles["items"]}>
        {items.map((item) => (
          <li key={`${item.meetingId}${item.at}${item.people.join(" ")}`}>
            {item.topic !== null && (
              <p>
                <b>
                  <Name>{item.topic}</Name>
                </b>{" "}
                {item.at !== null && (
                  <span className={styles["note"]}>
                    <DateText from={item.at} />
                  </span>
                )}
              </p>
            )}
            <p>{item.people.join(t("list.comma"))}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}
