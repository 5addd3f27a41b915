import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call, pathOf } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { ReportView } from "./report-view.tsx";

/** `/meetings/:id/reports/:instanceId`, for host and co-hosts of the meeting (AUD-2). */
export function ReportScreen(): ReactNode {
  const t = useWords("meeting-detail");
  const params = { meetingId: useParam("id"), instanceId: useParam("instanceId") };
  usePageTitle(t("report"));
  const report = useQuery({
    queryKey: ["report", params.instanceId],
    queryFn: () => call("GET", "/api/meetings/:meetingId/reports/:instanceId", { params }),
  });
  const csv = pathOf("/api/meetings/:meetingId/reports/:instanceId/people.csv", params);
  return (
    <Loaded query={report}>
      {(data) => (
        <ReportView report={data} back={`/meetings/${params.meetingId}`} csv={csv} onPrint={() => print()} />
      )}
    </Loaded>
  );
}
