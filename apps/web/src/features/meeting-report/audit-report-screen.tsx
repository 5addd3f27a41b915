import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { ReportView } from "./report-view.tsx";

/** `/audit/reports/:instanceId`: with the reasons of refusals, for auditors (AUD-2). */
export function AuditReportScreen(): ReactNode {
  const t = useWords("meeting-detail");
  const params = { instanceId: useParam("instanceId") };
  usePageTitle(t("report"));
  const report = useQuery({
    queryKey: ["audit-report", params.instanceId],
    queryFn: () => call("GET", "/api/audit/reports/:instanceId", { params }),
  });
  return (
    <Loaded query={report}>
      {(data) => <ReportView report={data} back="/audit" onPrint={() => print()} />}
    </Loaded>
  );
}
