import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import Mail from "lucide-react/icons/mail";
import Phone from "lucide-react/icons/phone";
import AtSign from "lucide-react/icons/at-sign";
import RefreshCw from "lucide-react/icons/refresh-cw";
import Send from "lucide-react/icons/send";
import Smartphone from "lucide-react/icons/smartphone";
import SquareArrowOutUpRight from "lucide-react/icons/square-arrow-out-up-right";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { groupCode } from "../../ui/code.ts";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Section } from "../../ui/page.tsx";
import { TwoChannel, type Channel } from "../../ui/two-channel.tsx";
import type { Asking } from "./detail-dialog.tsx";
import styles from "./detail.module.css";
import type { MeetingDetailViewProps } from "./meeting-detail-view.tsx";
import { hasLink, hasPasscode, needsPasscode } from "./sending-people.ts";
import type { PasscodeWay } from "./use-sending.ts";

export interface SendInvitationProps extends MeetingDetailViewProps {
  canShow: boolean;
  canChange: boolean;
  onAsk: (asking: Asking) => void;
}

/** INV-1: two cards, two ways. No button holds both, and none copies the passcode. */
export function SendInvitation(props: SendInvitationProps): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <Section title={t("send")} note={props.meeting.hasPasscode ? t("twoChannels") : undefined}>
      <TwoChannel first={useLinkCard(props)} second={usePasscodeCard(props)} />
      <ChangeNote {...props} />
      <Beforehand meeting={props.meeting} />
    </Section>
  );
}

/** What people from outside will read, and how material reaches them (INV-4). */
function Beforehand({ meeting }: Pick<SendInvitationProps, "meeting">): ReactNode {
  const t = useWords("meeting-detail");
  const { confidentiality, effective, link } = meeting;
  const agreed = effective.some(({ field, value }) => field === "agreement" && value === true);
  return (
    <>
      {confidentiality !== "low" && <p className={styles["warn"]}>{t(`materials.${confidentiality}`)}</p>}
      {agreed && (
        <p>
          <a href={`/facts/${link}`} target="_blank" rel="noreferrer">
            {t("factSheet")}
          </a>
        </p>
      )}
    </>
  );
}

/** MTG-6: who has an earlier version in the calendar is offered the newer one, not sent it unasked. */
function ChangeNote({ sending, onAsk }: Pick<SendInvitationProps, "sending" | "onAsk">): ReactNode {
  const t = useWords("invitations");
  const { overview } = sending;
  const earlier = overview?.people.filter((one) => hasLink(one) && one.link?.outdated === true) ?? [];
  if (earlier.length === 0) return null;
  return (
    <Note
      tone="warn"
      title={t("note.changed")}
      actions={<Button onClick={() => onAsk("sendLinks")}>{t("note.changedSend")}</Button>}
    >
      {t("note.changedText", { count: earlier.length })}
    </Note>
  );
}

/** Once a meeting is cancelled this is all that there is to send. */
export function SendCancellation({
  sending,
  onAsk,
}: Pick<SendInvitationProps, "sending" | "onAsk">): ReactNode {
  const t = useWords("invitations");
  const told = sending.overview?.people.filter((one) => hasLink(one)) ?? [];
  if (told.length === 0) return null;
  return (
    <Note
      tone="warn"
      title={t("note.cancelled", { count: told.length })}
      actions={<Button onClick={() => onAsk("sendLinks")}>{t("note.cancelledSend")}</Button>}
    >
      {t("note.cancelledText")}
    </Note>
  );
}

function useLinkStatus({ sending }: SendInvitationProps): ReactNode {
  const t = useWords("invitations");
  const people = sending.overview?.people ?? [];
  const failed = people.filter(({ link }) => link?.state === "failed").length;
  const missing = people.filter(({ link }) => link === null || link.state === "noTransport").length;
  if (failed > 0) return <Badge tone="danger">{t("card.linkFailed", { count: failed })}</Badge>;
  if (missing > 0) return <Badge tone="warn">{t("card.linkMissing", { count: missing })}</Badge>;
  return people.length > 0 && <Badge tone="ok">{t("card.linkSent", { count: people.length })}</Badge>;
}

function usePasscodeStatus({ sending }: SendInvitationProps): ReactNode {
  const t = useWords("invitations");
  const needing = sending.overview === undefined ? [] : needsPasscode(sending.overview);
  const missing = needing.filter((one) => !hasPasscode(one)).length;
  if (missing > 0) return <Badge tone="warn">{t("card.passcodeMissing", { count: missing })}</Badge>;
  return needing.length > 0 && <Badge tone="ok">{t("card.passcodeSent")}</Badge>;
}

function useLinkCard(props: SendInvitationProps): Channel {
  const { meeting, onAsk, sending } = props;
  const t = useWords("meeting-detail");
  const words = useWords("invitations");
  const status = useLinkStatus(props);
  const isPublic = meeting.settings?.visibility === "public";
  return {
    title: t("link"),
    status,
    body: (
      <>
        <Well label={t("link")}>{meeting.joinUrl}</Well>
        <p className={styles["warn"]}>{isPublic ? t("publicNote") : t("privateNote")}</p>
        <div className={styles["buttons"]}>
          <CopyButton
            text={meeting.joinUrl}
            label={t("copyLink")}
            done={t("copied")}
            failed={t("copyFailed")}
            wide
          />
          <Button wide icon={<Mail />} onClick={() => onAsk("mail")}>
            {t("mailText")}
          </Button>
          {sending.overview !== undefined && (
            <Button wide icon={<Send />} onClick={() => onAsk("sendLinks")}>
              {words("send.button")}
            </Button>
          )}
        </div>
      </>
    ),
    note: t("mailNote"),
  };
}

function usePasscodeCard(props: SendInvitationProps): Channel {
  const t = useWords("meeting-detail");
  const { meeting, shown } = props;
  const status = usePasscodeStatus(props);
  if (!meeting.hasPasscode)
    return { title: t("passcode"), body: <p>{t("noPasscode")}</p>, note: t("noPasscodeNote") };
  return {
    title: t("passcode"),
    status,
    body: (
      <>
        <Well
          label={shown === undefined ? t("hiddenLabel") : t("passcode")}
          action={props.canShow ? <ShowButton {...props} /> : undefined}
        >
          {shown === undefined ? t("hidden") : groupCode(shown.passcode)}
        </Well>
        <div className={styles["buttons"]}>
          {props.canShow && <Ways {...props} />}
          {props.canChange && (
            <Button wide icon={<RefreshCw />} onClick={() => props.onAsk("change")}>
              {t("change")}
            </Button>
          )}
        </div>
      </>
    ),
    note: shown === undefined ? t("showNote") : t("shownNote"),
  };
}

function ShowButton({ shown, passcodeWorking, onShow, onHide }: SendInvitationProps): ReactNode {
  const t = useWords("meeting-detail");
  const common = useWords("common");
  if (shown !== undefined) {
    return (
      <Button kind="quiet" icon={<EyeOff />} onClick={onHide}>
        {t("hide")}
      </Button>
    );
  }
  return (
    <Button
      kind="quiet"
      icon={<Eye />}
      busy={passcodeWorking ? common("loading") : undefined}
      onClick={onShow}
    >
      {t("show")}
    </Button>
  );
}

const icons = {
  sms: <Smartphone />,
  secondMail: <AtSign />,
  oneTimePage: <SquareArrowOutUpRight />,
  readOut: <Phone />,
} as const satisfies Record<PasscodeWay, ReactNode>;

/** Where nobody from outside is invited by name, the passcode is read out to whoever is on the telephone. */
function Ways({ sending, onAsk }: SendInvitationProps): ReactNode {
  const t = useWords("invitations");
  const detail = useWords("meeting-detail");
  const { overview } = sending;
  if (overview === undefined || needsPasscode(overview).length === 0)
    return (
      <Button wide icon={<Phone />} onClick={() => onAsk("readOut")}>
        {detail("readOut")}
      </Button>
    );
  const ways = (["sms", "readOut", "secondMail", "oneTimePage"] as const).filter(
    (way) => way !== "sms" || overview.able.sms,
  );
  return ways.map((way) => (
    <Button key={way} wide icon={icons[way]} onClick={() => onAsk({ passcodeBy: way })}>
      {t(`channel.${way}`)}
    </Button>
  ));
}
