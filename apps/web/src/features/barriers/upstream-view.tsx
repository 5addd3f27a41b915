import RefreshCw from "lucide-react/icons/refresh-cw";
import type { BarrierSyncRow, BarrierUpstream } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import styles from "./sync.module.css";

export interface UpstreamViewProps {
  upstream: BarrierUpstream | null;
  mayEdit: boolean;
  pulling: boolean;
  pulled: BarrierSyncRow | undefined;
  problem: string | undefined;
  onEdit: () => void;
  onPull: () => void;
}

export function UpstreamView(props: UpstreamViewProps): ReactNode {
  const s = useWords("barriers-sync");
  const { upstream, mayEdit, pulled } = props;
  return (
    <Section title={s("upstream")} note={s("upstream.note")}>
      <Card>
        <Stack gap="tight">
          {upstream === null ? <p>{s("upstream.none")}</p> : <Facts upstream={upstream} />}
          {pulled !== undefined && (
            <Note
              tone={pulled.result === "failed" ? "danger" : pulled.result === "quarantined" ? "warn" : "ok"}
              role="status"
            >
              {s(`pulled.${pulled.result}`, { count: pulled.changes })}
              {pulled.problem !== null && ` ${s.maybe(`problem.${pulled.problem}`) ?? s("problem.other")}`}
            </Note>
          )}
          {props.problem !== undefined && (
            <Note tone="danger" role="alert">
              {props.problem}
            </Note>
          )}
          {mayEdit && (
            <div className={styles["buttons"]}>
              {upstream !== null && upstream.enabled && (
                <Button
                  icon={<RefreshCw />}
                  busy={props.pulling ? s("upstream.pulling") : undefined}
                  onClick={props.onPull}
                >
                  {s("upstream.pull")}
                </Button>
              )}
              <Button onClick={props.onEdit}>
                {s(upstream === null ? "upstream.make" : "upstream.edit")}
              </Button>
            </div>
          )}
        </Stack>
      </Card>
    </Section>
  );
}

function Facts({ upstream }: { upstream: BarrierUpstream }): ReactNode {
  const s = useWords("barriers-sync");
  return (
    <dl className={styles["facts"]}>
      <dt>{s("upstream.url")}</dt>
      <dd className={styles["url"]}>{upstream.url}</dd>
      <dt>{s("upstream.every")}</dt>
      <dd>
        {upstream.enabled
          ? s("upstream.minutes", { count: upstream.intervalMinutes })
          : s("upstream.stopped")}
      </dd>
      <dt>{s("upstream.token")}</dt>
      <dd>{s(upstream.hasToken ? "upstream.token.kept" : "upstream.token.none")}</dd>
      <dt>{s("upstream.contact")}</dt>
      <dd>
        {upstream.lastContactAt === null ? s("upstream.never") : <DateText from={upstream.lastContactAt} />}
        {upstream.lastProblem !== null && (
          <span className={styles["problem"]}>
            {s.maybe(`problem.${upstream.lastProblem}`) ?? s("problem.other")}
          </span>
        )}
      </dd>
    </dl>
  );
}
