import type { RegistrationForm } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import { Message } from "./about-meeting.tsx";
import styles from "./registration.module.css";

/** One page for a link that never was, one that was replaced, and one of a meeting that is over. */
export function Unknown(): ReactNode {
  const t = useWords("registration");
  return (
    <Message organisation="" title={t("unknown.title")}>
      <p className={styles["text"]}>{t("unknown.text")}</p>
    </Message>
  );
}

export function Unreachable({ onRetry }: { onRetry: () => void }): ReactNode {
  const t = useWords("registration");
  const common = useWords("common");
  return (
    <Message
      organisation=""
      title={t("unreachable.title")}
      foot={
        <Button kind="primary" size="large" wide onClick={onRetry}>
          {common("retry")}
        </Button>
      }
    >
      <p className={styles["text"]}>{t("unreachable.text")}</p>
    </Message>
  );
}

/** Says the same for every address: what there is to say is in the mail. */
export function Sent({
  form,
  address,
  onAgain,
}: {
  form: RegistrationForm;
  address: string;
  onAgain: () => void;
}): ReactNode {
  const t = useWords("registration");
  return (
    <Message organisation={form.organisation.name} title={t("sent.title")} meeting={form.meeting}>
      <Note tone="info">{t("sent.text", { address })}</Note>
      <p className={styles["text"]}>{t("sent.next")}</p>
      <div>
        <Button kind="quiet" onClick={onAgain}>
          {t("sent.again")}
        </Button>
      </div>
    </Message>
  );
}

export function Closed({ form }: { form: RegistrationForm }): ReactNode {
  const t = useWords("registration");
  const { state, opensAt, closesAt, organisation, meeting } = form;
  const at = state === "notYet" ? opensAt : closesAt;
  const kind = state === "open" ? "closed" : state;
  return (
    <Message organisation={organisation.name} title={t(`${kind}.title`)} meeting={meeting}>
      <p className={styles["text"]}>{t(`${kind}.text`)}</p>
      {at !== null && state !== "full" && (
        <p>
          {t(state === "notYet" ? "opensAt" : "closedAt")} <DateText from={at} zone={meeting.timeZone} />
        </p>
      )}
    </Message>
  );
}
