import type { InvitationOverview, InvitedPerson } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Radios } from "../../ui/choice.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { fullName } from "../../ui/person-name.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { toast } from "../../ui/toast.tsx";
import styles from "./detail.module.css";
import { hasPasscode, needsPasscode } from "./sending-people.ts";
import { SendingState } from "./sending-state.tsx";
import type { PasscodeWay, SendingControl } from "./use-sending.ts";
import type { ShownPasscode } from "./use-passcode.ts";

export interface SendPasscodeProps {
  sending: SendingControl;
  overview: InvitationOverview;
  way: PasscodeWay;
  shown: ShownPasscode | undefined;
  passcodeWorking: boolean;
  problem: string | undefined;
  onShow: () => void;
  onClose: () => void;
}

/** INV-1: one person, one way, and never the way of the link. */
export function SendPasscodeDialog(props: SendPasscodeProps): ReactNode {
  const { overview, sending, problem, onClose } = props;
  const t = useWords("invitations");
  const common = useWords("common");
  const { lang } = useUiLocale();
  const people = needsPasscode(overview);
  const first = people.find((one) => !hasPasscode(one)) ?? people[0];
  const [email, setEmail] = useState(first?.email ?? "");
  const [way, setWay] = useState<PasscodeWay>(props.way);
  const person = people.find((one) => one.email === email);
  const open = person?.channels.find((one) => one.channel === way)?.refusal === null;
  const ready = open && (way !== "readOut" || props.shown !== undefined);
  const send = async () => {
    if (!(await sending.sendPasscode(email, way))) return;
    toast(way === "readOut" ? t("passcode.recorded") : t("passcode.sent"));
    onClose();
  };
  return (
    <Dialog
      title={t("passcode.title")}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{common("cancel")}</Button>
          <Button
            kind="primary"
            unavailable={!ready}
            busy={sending.working ? common("loading") : undefined}
            onClick={() => void send()}
          >
            {way === "readOut" ? t("passcode.readOutDone") : t("passcode.send")}
          </Button>
        </>
      }
    >
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
      <SelectField
        label={t("passcode.person")}
        value={email}
        options={people.map((one) => ({
          value: one.email,
          label: fullName(lang, one.name, one.organisation),
        }))}
        onChange={setEmail}
      />
      {person !== undefined && <PersonWays person={person} way={way} onWay={setWay} />}
      {way === "readOut" && <Script {...props} />}
    </Dialog>
  );
}

interface WaysProps {
  person: InvitedPerson;
  way: PasscodeWay;
  onWay: (way: PasscodeWay) => void;
}

function PersonWays({ person, way, onWay }: WaysProps): ReactNode {
  const t = useWords("invitations");
  const to = { sms: person.phone ?? "", secondMail: person.secondEmail ?? "", oneTimePage: "", readOut: "" };
  return (
    <>
      {person.passcode !== null && (
        <SendingState sent={person.passcode} way={t(`way.${person.passcode.channel}`)} />
      )}
      <FieldBox group label={t("passcode.way")} hint={t("passcode.rule")}>
        {({ describedBy }) => (
          <Radios
            label={t("passcode.way")}
            describedBy={describedBy}
            cards
            value={way}
            onChange={onWay}
            options={person.channels.map(({ channel, refusal }) => ({
              value: channel,
              label: t(`channel.${channel}`),
              ...(refusal === null
                ? { hint: t(`channel.${channel}.hint`, { to: to[channel] }) }
                : { refused: t(`refusal.${refusal}`) }),
            }))}
          />
        )}
      </FieldBox>
    </>
  );
}

/** Reading it shows it, which is logged; recording that it was read out comes after. */
function Script({ shown, passcodeWorking, onShow }: SendPasscodeProps): ReactNode {
  const t = useWords("invitations");
  const detail = useWords("meeting-detail");
  const common = useWords("common");
  const { lang } = useUiLocale();
  return (
    <>
      <p>{detail("readOut.text")}</p>
      {shown === undefined ? (
        <div>
          <Button busy={passcodeWorking ? common("loading") : undefined} onClick={onShow}>
            {t("passcode.showScript")}
          </Button>
        </div>
      ) : (
        <p className={styles["script"]} aria-label={detail("readOut.script")} role="region" tabIndex={0}>
          {shown.readOut[lang]}
        </p>
      )}
      <p className={styles["hint"]}>{shown === undefined ? detail("showNote") : detail("shownNote")}</p>
    </>
  );
}
