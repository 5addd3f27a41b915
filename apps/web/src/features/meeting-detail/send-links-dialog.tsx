import type { InvitationOverview, InvitedPerson } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Checkbox } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { toast } from "../../ui/toast.tsx";
import { canReceive, worthSending } from "./sending-people.ts";
import { SendingState } from "./sending-state.tsx";
import styles from "./sending.module.css";
import type { SendingControl } from "./use-sending.ts";

export interface SendLinksProps {
  sending: SendingControl;
  overview: InvitationOverview;
  isPublic: boolean;
  problem: string | undefined;
  onClose: () => void;
}

/** INV-1: the link alone. What a mail holds is said before it is sent (INV-7). */
export function SendLinksDialog({
  sending,
  overview,
  isPublic,
  problem,
  onClose,
}: SendLinksProps): ReactNode {
  const t = useWords("invitations");
  const common = useWords("common");
  const detail = useWords("meeting-detail");
  const people = canReceive(overview);
  const [chosen, setChosen] = useState(() => new Set(worthSending(overview).map(({ email }) => email)));
  const toggle = (email: string, on: boolean) =>
    setChosen((before) => new Set([...before].filter((one) => one !== email).concat(on ? email : [])));
  const send = async () => {
    if (!(await sending.sendLinks([...chosen]))) return;
    toast(overview.able.mail ? t("send.done", { count: chosen.size }) : t("send.waiting"));
    onClose();
  };
  const { cancelled } = overview;
  return (
    <Dialog
      title={cancelled ? t("send.titleCancelled") : t("send.title")}
      size="wide"
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            kind="primary"
            unavailable={chosen.size === 0}
            busy={sending.working ? common("loading") : undefined}
            onClick={() => void send()}
          >
            {chosen.size === 0 ? t("send.choose") : t("send.submit", { count: chosen.size })}
          </Button>
        </>
      }
    >
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      {!overview.able.mail && <Note tone="info">{t("send.noServer")}</Note>}
      <Subject overview={overview} />
      <p>{cancelled ? t("send.holdsCancelled") : t("send.holds")}</p>
      {!cancelled && <p>{isPublic ? detail("publicNote") : detail("privateNote")}</p>}
      <FieldBox group label={t("send.people")}>
        {() =>
          people.length === 0 ? (
            <p>{t("send.nobody")}</p>
          ) : (
            <div className={styles["people"]}>
              {people.map((person) => (
                <Person
                  key={person.email}
                  person={person}
                  checked={chosen.has(person.email)}
                  onChange={(on) => toggle(person.email, on)}
                />
              ))}
            </div>
          )
        }
      </FieldBox>
    </Dialog>
  );
}

/** In each language that somebody gets. */
function Subject({ overview }: { overview: InvitationOverview }): ReactNode {
  const t = useWords("invitations");
  const { ja, en } = overview.subject;
  const languages = (["ja", "en"] as const).filter((lang) =>
    overview.people.some(({ locale }) => locale === lang),
  );
  const lines = ja === en ? [ja] : languages.map((lang) => overview.subject[lang]);
  return (
    <dl className={styles["subject"]}>
      <dt>{t("send.subject")}</dt>
      {(lines.length === 0 ? [ja] : lines).map((line) => (
        <dd key={line}>{line}</dd>
      ))}
    </dl>
  );
}

interface PersonProps {
  person: InvitedPerson;
  checked: boolean;
  onChange: (on: boolean) => void;
}

function Person({ person, checked, onChange }: PersonProps): ReactNode {
  const t = useWords("invitations");
  const detail = useWords("meeting-detail");
  return (
    <Checkbox
      checked={checked}
      onChange={onChange}
      hint={
        <>
          <span className={styles["address"]}>
            {person.email} {t("send.language", { language: detail(`lang.${person.locale}`) })}
          </span>
          <SendingState sent={person.link} way={t("way.mail")} />
        </>
      }
    >
      <PersonName name={person.name} affiliation={person.organisation} />
    </Checkbox>
  );
}
