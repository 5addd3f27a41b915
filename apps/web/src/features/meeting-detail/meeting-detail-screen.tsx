import type { MeetingDetail } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useDeviceSetting } from "../../app-shell/device-setting.ts";
import { useParam } from "../../app-shell/location.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { Stack } from "../../ui/page.tsx";
import { MeetingDetailView } from "./meeting-detail-view.tsx";
import { Preflight } from "./preflight.tsx";
import { RegistrationLink } from "./registration-link.tsx";
import { Reports } from "./reports.tsx";
import { usePasscode } from "./use-passcode.ts";
import { useSending } from "./use-sending.ts";

export function MeetingDetailScreen(): ReactNode {
  const id = useParam("id");
  const detail = useQuery({
    queryKey: ["meeting", id],
    queryFn: () => call("GET", "/api/meetings/:meetingId", { params: { meetingId: id } }),
    refetchInterval: 30_000,
  });
  return (
    <Loaded query={detail}>
      {(meeting) => (
        <Stack>
          <Detail meeting={meeting} />
          {meeting.abilities.includes("start") && <Preflight meeting={meeting} />}
          {meeting.settings?.registration === "required" && <RegistrationLink meetingId={meeting.id} />}
          {meeting.settings !== null && <Reports meetingId={meeting.id} />}
        </Stack>
      )}
    </Loaded>
  );
}

function Detail({ meeting }: { meeting: MeetingDetail }): ReactNode {
  const t = useWords("meeting-detail");
  const account = useWords("account");
  const client = useQueryClient();
  const calendar = useDeviceSetting("calendar");
  const passcode = usePasscode(meeting.id);
  const sending = useSending(meeting.id, meeting.settings !== null);
  usePageTitle(meeting.topic);
  const cancel = useMutation({
    mutationFn: () => call("POST", "/api/meetings/:meetingId/cancel", { params: { meetingId: meeting.id } }),
    onSuccess: (next) => {
      client.setQueryData(["meeting", meeting.id], next);
      void client.invalidateQueries({ queryKey: ["meetings"] });
      void client.invalidateQueries({ queryKey: ["invitations", meeting.id] });
      toast(t("cancel.done"));
    },
  });
  const error = passcode.error ?? cancel.error ?? sending.error;
  return (
    <MeetingDetailView
      meeting={meeting}
      calendarFirst={calendar}
      shown={passcode.shown}
      passcodeWorking={passcode.working}
      problem={error === null || error === undefined ? undefined : problemText(account, error)}
      cancelling={cancel.isPending}
      sending={sending}
      onShow={passcode.show}
      onHide={passcode.hide}
      onChangePasscode={() =>
        void passcode.change().then(
          () => toast(t("changed")),
          () => undefined,
        )
      }
      onCancel={() => cancel.mutate()}
    />
  );
}
