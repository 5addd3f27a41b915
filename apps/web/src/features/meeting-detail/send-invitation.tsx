import Eye from "lucide-react/icons/eye";
import EyeOff from "lucide-react/icons/eye-off";
import Mail from "lucide-react/icons/mail";
import Phone from "lucide-react/icons/phone";
import RefreshCw from "lucide-react/icons/refresh-cw";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { groupCode } from "../../ui/code.ts";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { Section } from "../../ui/page.tsx";
import { TwoChannel, type Channel } from "../../ui/two-channel.tsx";
import type { Asking } from "./detail-dialog.tsx";
import styles from "./detail.module.css";
import type { MeetingDetailViewProps } from "./meeting-detail-view.tsx";

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

function useLinkCard({ meeting, onAsk }: SendInvitationProps): Channel {
  const t = useWords("meeting-detail");
  const isPublic = meeting.settings?.visibility === "public";
  return {
    title: t("link"),
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
        </div>
      </>
    ),
    note: t("mailNote"),
  };
}

function usePasscodeCard(props: SendInvitationProps): Channel {
  const t = useWords("meeting-detail");
  const { meeting, shown } = props;
  if (!meeting.hasPasscode)
    return { title: t("passcode"), body: <p>{t("noPasscode")}</p>, note: t("noPasscodeNote") };
  return {
    title: t("passcode"),
    body: (
      <>
        <Well
          label={shown === undefined ? t("hiddenLabel") : t("passcode")}
          action={props.canShow ? <ShowButton {...props} /> : undefined}
        >
          {shown === undefined ? t("hidden") : groupCode(shown.passcode)}
        </Well>
        <div className={styles["buttons"]}>
          {props.canShow && (
            <Button wide icon={<Phone />} onClick={() => props.onAsk("readOut")}>
              {t("readOut")}
            </Button>
          )}
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
