import type { MeetingDetail } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { PreflightView } from "./preflight-view.tsx";

/** 始める前の確認, for host and co-hosts. */
export function Preflight({ meeting, bare = false }: { meeting: MeetingDetail; bare?: boolean }): ReactNode {
  const account = useWords("account");
  const client = useQueryClient();
  const params = { meetingId: meeting.id };
  const key = ["meeting", meeting.id, "check"];
  const last = useQuery({
    queryKey: key,
    queryFn: () => call("GET", "/api/meetings/:meetingId/check", { params }),
  });
  const run = useMutation({
    mutationFn: (materialsSent: boolean) =>
      call("POST", "/api/meetings/:meetingId/check", { params, body: { materialsSent } }),
    onSuccess: (check) => client.setQueryData(key, { last: check }),
  });
  return (
    <Loaded query={last}>
      {(data) => (
        <PreflightView
          last={data.last}
          bare={bare}
          asksForMaterials={asksForMaterials(meeting)}
          working={run.isPending}
          problem={run.error === null ? undefined : problemText(account, run.error)}
          onCheck={(sent) => run.mutate(sent)}
        />
      )}
    </Loaded>
  );
}

function asksForMaterials({ confidentiality, effective }: MeetingDetail): boolean {
  const is = (field: string, value: string) =>
    effective.some((one) => one.field === field && one.value === value);
  return confidentiality !== "low" && is("screenShare", "nobody") && is("files", "off");
}
