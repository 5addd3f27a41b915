import type { MeetingDetail } from "@sekisho/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useWords } from "../../i18n/words.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { NotFound } from "../../routes.ts";
import { EditMeeting } from "./edit-meeting.tsx";
import { NewMeeting } from "./new-meeting.tsx";

/** `/meetings/new` and `/meetings/:id/edit`. */
export function ScheduleScreen(): ReactNode {
  const id = useParam("id");
  return id === "" ? <ScheduleNew /> : <ScheduleEdit key={id} id={id} />;
}

function ScheduleNew(): ReactNode {
  const t = useWords("schedule");
  usePageTitle(t("title"));
  const settings = useQuery({ queryKey: ["settings"], queryFn: () => call("GET", "/api/me/settings") });
  return <Loaded query={settings}>{(own) => <NewMeeting settings={own} />}</Loaded>;
}

function ScheduleEdit({ id }: { id: string }): ReactNode {
  const t = useWords("schedule");
  usePageTitle(t("editTitle"));
  const detail = useQuery({
    queryKey: ["meeting", id],
    queryFn: () => call("GET", "/api/meetings/:meetingId", { params: { meetingId: id } }),
  });
  return (
    <Loaded query={detail}>
      {(meeting) => <Editable meeting={meeting} reload={() => void detail.refetch()} />}
    </Loaded>
  );
}

function Editable({ meeting, reload }: { meeting: MeetingDetail; reload: () => void }): ReactNode {
  if (meeting.settings === null || !meeting.abilities.includes("edit")) return <NotFound />;
  return <EditMeeting key={meeting.version} meeting={meeting} settings={meeting.settings} reload={reload} />;
}
