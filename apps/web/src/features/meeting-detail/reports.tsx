import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Section } from "../../ui/page.tsx";

/** Instances that have ended, each with its report (AUD-2); nothing before the first has. */
export function Reports({ meetingId }: { meetingId: string }): ReactNode {
  const t = useWords("meeting-detail");
  const list = useQuery({
    queryKey: ["reports", meetingId],
    queryFn: () => call("GET", "/api/meetings/:meetingId/reports", { params: { meetingId } }),
  });
  const reports = list.data?.reports ?? [];
  if (reports.length === 0) return null;
  return (
    <Section title={t("report")}>
      <ul>
        {reports.map(({ instanceId, startsAt, endsAt }) => (
          <li key={instanceId}>
            <Link href={`/meetings/${meetingId}/reports/${instanceId}`}>
              <DateText from={startsAt} to={endsAt} />
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  );
}
