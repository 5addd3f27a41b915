import type { BarrierPending } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { ChangeList } from "./change-list.tsx";
import type { PendingAct } from "./decide-dialog.tsx";
import styles from "./sync.module.css";

export interface PendingCardsProps {
  pending: readonly BarrierPending[];
  mayEdit: boolean;
  onDecide: (act: PendingAct, pending: BarrierPending) => void;
}

/** What waits for a second person, beside what of the same edit or sync acts already (BAR-6). */
export function PendingCards({ pending, mayEdit, onDecide }: PendingCardsProps): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  if (pending.length === 0) return null;
  return (
    <Section title={s("pending")} note={t("approval.note")}>
      {pending.map((one) => (
        <Card key={one.id}>
          <Stack gap="tight">
            <Head pending={one} />
            <div className={styles["halves"]}>
              <Half title={s("pending.inForce")}>
                {one.inForce.length === 0 ? (
                  <p className={styles["sub"]}>{s("pending.nothing")}</p>
                ) : (
                  <ChangeList lines={one.inForce} />
                )}
              </Half>
              <Half title={s("pending.waiting")}>
                <ChangeList lines={one.waiting} more={one.more} />
              </Half>
            </div>
            {mayEdit && <Buttons pending={one} onDecide={onDecide} />}
          </Stack>
        </Card>
      ))}
    </Section>
  );
}

function Head({ pending }: { pending: BarrierPending }): ReactNode {
  const s = useWords("barriers-sync");
  const t = useWords("barriers");
  const synced = ["push", "pull"].includes(pending.source);
  return (
    <header className={styles["head"]}>
      <p className={styles["who"]}>
        <Badge tone="warn">{s(synced ? "result.quarantined" : "pending.asked")}</Badge>
        <span>
          <b>
            <Name>{pending.by}</Name>
          </b>{" "}
          {t(`source.${pending.source}`)}
        </span>
        <span className={styles["sub"]}>
          <DateText from={pending.at} />
        </span>
      </p>
      {pending.reason !== "" && <p>{pending.reason}</p>}
      <p className={styles["sub"]}>
        {s("pending.why", { why: pending.why.map((why) => s(`why.${why}`)).join(t("list.comma")) })}
      </p>
    </header>
  );
}

function Half({ title, children }: { title: string; children: ReactNode }): ReactNode {
  return (
    <section className={styles["half"]}>
      <h3 className={styles["title"]}>{title}</h3>
      {children}
    </section>
  );
}

function Buttons({
  pending,
  onDecide,
}: { pending: BarrierPending } & Pick<PendingCardsProps, "onDecide">): ReactNode {
  const s = useWords("barriers-sync");
  if (pending.mine)
    return (
      <Note
        actions={
          <Button size="small" onClick={() => onDecide("withdraw", pending)}>
            {s("withdraw")}
          </Button>
        }
      >
        {s("pending.mine")}
      </Note>
    );
  return (
    <div className={styles["buttons"]}>
      <Button kind="primary" onClick={() => onDecide("approve", pending)}>
        {s("approve")}
      </Button>
      <Button onClick={() => onDecide("reject", pending)}>{s("reject")}</Button>
    </div>
  );
}
