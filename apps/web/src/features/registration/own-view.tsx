import type { OwnRegistration } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { Message } from "./about-meeting.tsx";
import styles from "./registration.module.css";

export type OwnProblem = "full" | "closed" | "failed" | null;

export interface OwnViewProps {
  own: OwnRegistration;
  problem: OwnProblem;
  working: boolean;
  onConfirm: () => void;
  onOpen: () => void;
  onCancel: () => void;
  initialAsking?: boolean;
}

type Shown = "unconfirmed" | "pending" | "registered" | "waitlisted";

/** Behind a registrant's own link. Nothing happens here until a button is pressed. */
export function OwnView(props: OwnViewProps): ReactNode {
  const { own, problem } = props;
  const t = useWords("registration");
  const [asking, setAsking] = useState(props.initialAsking === true);
  const state = shownState(own.state);
  return (
    <Message
      organisation={own.organisation.name}
      title={t(`own.${state}.title`)}
      meeting={own.meeting}
      foot={<Foot {...props} state={state} onAsk={() => setAsking(true)} />}
    >
      {problem !== null && (
        <Note tone={problem === "failed" ? "danger" : "warn"} role="alert">
          {t(problem === "failed" ? "failed" : `${problem}.text`)}
        </Note>
      )}
      <p className={styles["text"]}>{t(`own.${state}.text`)}</p>
      <div className={styles["person"]}>
        <span className={styles["label"]}>{t("own.name")}</span>
        <PersonName name={own.name} affiliation={own.affiliation} layout="stacked" />
      </div>
      {state === "registered" && (
        <>
          {own.passcodeNeeded && <Note tone="info">{t("own.passcode")}</Note>}
          <p className={styles["kept"]}>{t("own.yours")}</p>
        </>
      )}
      {asking && (
        <Dialog
          title={t("cancel.title")}
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button data-focus onClick={() => setAsking(false)}>
                {t("cancel.keep")}
              </Button>
              <Button kind="danger" busy={props.working ? t("working") : undefined} onClick={props.onCancel}>
                {t("cancel.submit")}
              </Button>
            </>
          }
        >
          <p>{t("cancel.text")}</p>
        </Dialog>
      )}
    </Message>
  );
}

function shownState(state: OwnRegistration["state"]): Shown {
  return state === "declined" || state === "cancelled" ? "pending" : state;
}

function Foot(props: OwnViewProps & { state: Shown; onAsk: () => void }): ReactNode {
  const { state, working } = props;
  const t = useWords("registration");
  const busy = working ? t("working") : undefined;
  return (
    <div className={styles["foot"]}>
      {state === "unconfirmed" && (
        <Button kind="primary" size="large" wide busy={busy} onClick={props.onConfirm}>
          {t("own.confirm")}
        </Button>
      )}
      {state === "registered" && (
        <Button kind="primary" size="large" wide busy={busy} onClick={props.onOpen}>
          {t("own.open")}
        </Button>
      )}
      <Button kind="danger-quiet" size="large" wide onClick={props.onAsk}>
        {t("own.cancel")}
      </Button>
    </div>
  );
}
