import Clock from "lucide-react/icons/clock";
import CircleAlert from "lucide-react/icons/circle-alert";
import CircleCheck from "lucide-react/icons/circle-check";
import Inbox from "lucide-react/icons/inbox";
import type { InvitedPerson } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { cx } from "../../ui/cx.ts";
import { DateText } from "../../ui/date-text.tsx";
import styles from "./sending.module.css";

type Sent = NonNullable<InvitedPerson["link"]> | NonNullable<InvitedPerson["passcode"]>;

/** One line: by which way, and what became of it; under it why, in plain words. */
export function SendingState({ sent, way }: { sent: Sent | null; way: string }): ReactNode {
  const t = useWords("invitations");
  if (sent === null)
    return (
      <State tone="warn" icon={<CircleAlert />}>
        {t("state.none")}
      </State>
    );
  const { state, problem } = sent;
  const tone = state === "failed" || state === "expired" ? "danger" : state === "noTransport" ? "warn" : "ok";
  const icon = { ok: <CircleCheck />, warn: <Inbox />, danger: <CircleAlert /> }[tone];
  const retrying = state === "queued" && problem !== null;
  return (
    <div>
      <State tone={state === "queued" ? "plain" : tone} icon={state === "queued" ? <Clock /> : icon}>
        <span>{way}</span>{" "}
        {retrying
          ? t("state.retrying")
          : t.rich(`state.${state}`, { at: <DateText from={sent.at} listNow={sent.at} /> })}
      </State>
      {problem !== null && <p className={styles["why"]}>{t(`problem.${problem}`)}</p>}
      {"outdated" in sent && sent.outdated && state !== "failed" && (
        <p className={styles["why"]}>{t("state.outdated")}</p>
      )}
    </div>
  );
}

interface StateProps {
  tone: "plain" | "ok" | "warn" | "danger";
  icon: ReactNode;
  children: ReactNode;
}

function State({ tone, icon, children }: StateProps): ReactNode {
  return (
    <p className={cx(styles["state"], styles[tone])}>
      {icon}
      <span>{children}</span>
    </p>
  );
}
