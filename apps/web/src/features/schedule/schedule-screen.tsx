import type { MeetingDetail } from "@sekisho/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { classesQuery } from "../../app-shell/use-classes.ts";
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
  const classes = useQuery(classesQuery);
  return (
    <Loaded query={settings}>
      {(own) => <Loaded query={classes}>{(all) => <NewMeeting settings={own} classes={all} />}</Loaded>}
    </Loaded>
  );
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
  const classes = useQuery(classesQuery);
  if (meeting.settings === null || !meeting.abilities.includes("edit")) return <NotFound />;
  const { settings } = meeting;
  return (
    <Loaded query={classes}>
      {(all) => (
        <EditMeeting
          key={meeting.version}
          meeting={meeting}
          settings={settings}
          classes={all}
          reload={reload}
        />
      )}
    </Loaded>
  );
}
