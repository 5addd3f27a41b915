import ChevronLeft from "lucide-react/icons/chevron-left";
import type { MeetingDetail } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Link } from "wouter";
import { RuleList } from "../../app-shell/rule-list.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button, buttonClass } from "../../ui/button.tsx";
import { ClassBadge } from "../../ui/class-badge.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Card, PageHead, Section, Stack } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { About } from "./about.tsx";
import { Calendars, type CalendarKind } from "./calendars.tsx";
import { DetailDialog, type Asking } from "./detail-dialog.tsx";
import styles from "./detail.module.css";
import { Invitees } from "./invitees.tsx";
import { Messages } from "./messages.tsx";
import { SendCancellation, SendInvitation } from "./send-invitation.tsx";
import type { ShownPasscode } from "./use-passcode.ts";
import type { SendingControl } from "./use-sending.ts";

export interface MeetingDetailViewProps {
  meeting: MeetingDetail;
  calendarFirst: CalendarKind;
  shown: ShownPasscode | undefined;
  passcodeWorking: boolean;
  problem: string | undefined;
  cancelling: boolean;
  sending: SendingControl;
  onShow: () => void;
  onHide: () => void;
  onChangePasscode: () => void;
  onCancel: () => void;
  initialAsking?: Asking;
}

export function MeetingDetailView(props: MeetingDetailViewProps): ReactNode {
  const { meeting } = props;
  const t = useWords("meeting-detail");
  const [asking, setAsking] = useState<Asking | undefined>(props.initialAsking);
  const open = meeting.status === "scheduled" || meeting.status === "live";
  const can = (ability: MeetingDetail["abilities"][number]) => meeting.abilities.includes(ability);
  return (
    <>
      <Head meeting={meeting} open={open} canEdit={can("edit")} />
      <Stack>
        <Status meeting={meeting} problem={props.problem} />
        {meeting.status === "cancelled" && <SendCancellation sending={props.sending} onAsk={setAsking} />}
        {open && meeting.invitation !== null && (
          <SendInvitation
            {...props}
            canShow={can("showPasscode")}
            canChange={can("changePasscode")}
            onAsk={setAsking}
          />
        )}
        <Messages sending={props.sending} />
        {open && meeting.calendar !== null && (
          <Calendars links={meeting.calendar} first={props.calendarFirst} />
        )}
        <About meeting={meeting} />
        {meeting.settings !== null && (
          <Invitees invitees={meeting.settings.invitees} overview={props.sending.overview} />
        )}
        <Section title={t("rules")}>
          <Card>
            <div className={styles["rules"]}>
              <RuleList level={meeting.confidentiality} effective={meeting.effective} />
            </div>
          </Card>
        </Section>
        {open && can("cancel") && (
          <div>
            <Button
              kind="danger-quiet"
              busy={props.cancelling ? t("working") : undefined}
              onClick={() => setAsking("cancel")}
            >
              {t("cancel")}
            </Button>
          </div>
        )}
      </Stack>
      {asking !== undefined && (
        <DetailDialog {...props} asking={asking} onClose={() => setAsking(undefined)} />
      )}
    </>
  );
}

function Head({
  meeting,
  open,
  canEdit,
}: {
  meeting: MeetingDetail;
  open: boolean;
  canEdit: boolean;
}): ReactNode {
  const t = useWords("meeting-detail");
  const common = useWords("common");
  const canStart = meeting.abilities.includes("start");
  return (
    <PageHead
      back={
        <Link href="/" className={styles["back"]}>
          <ChevronLeft />
          {t("back")}
        </Link>
      }
      title={meeting.topic}
      badge={
        <ClassBadge level={meeting.confidentiality} label={common(`class.${meeting.confidentiality}`)} />
      }
      lead={
        <p className={styles["meta"]}>
          {meeting.status === "live" && <Badge tone="ok">{t("liveNow")}</Badge>}
          {meeting.next !== null && (
            <span>
              <DateText
                from={meeting.next.startsAt}
                to={meeting.next.endsAt}
                zone={meeting.timeZone}
                otherLine={(time) => common("meetingTime", { time })}
              />
            </span>
          )}
          <span>{t.rich("host", { name: <Name>{meeting.hostName}</Name> })}</span>
        </p>
      }
      actions={
        open && (
          <>
            {canEdit && (
              <Link href={`/meetings/${meeting.id}/edit`} className={buttonClass("default", "large")}>
                {t("edit")}
              </Link>
            )}
            {meeting.contradictions.length === 0 && (
              <Link href={`/m/${meeting.link}`} className={buttonClass("primary", "large")}>
                {canStart && meeting.status !== "live" ? t("start") : t("join")}
              </Link>
            )}
          </>
        )
      }
    />
  );
}

function Status({ meeting, problem }: { meeting: MeetingDetail; problem: string | undefined }): ReactNode {
  const t = useWords("meeting-detail");
  const blocked = meeting.contradictions.length > 0 && meeting.status === "scheduled";
  return (
    <>
      {meeting.status === "cancelled" && (
        <Note tone="danger" title={t("cancelled")}>
          {t("cancelledText")}
        </Note>
      )}
      {meeting.status === "ended" && <Note>{t("ended")}</Note>}
      {blocked && <Note tone="warn">{t("blocked")}</Note>}
      {problem !== undefined && (
        <Note tone="danger" role="alert">
          {problem}
        </Note>
      )}
    </>
  );
}
