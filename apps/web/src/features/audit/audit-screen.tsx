import type { AuditRecord } from "@sekisho/contract";
import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call, pathOf } from "../../api/client.ts";
import { LoadProblem } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import type { AuditFilter } from "./audit-filters.tsx";
import { AuditView } from "./audit-view.tsx";
import { RecordDialog } from "./record-dialog.tsx";

const everything: AuditFilter = { type: "", about: "", from: "", until: "" };
const newest: number | null = null;
const dayMs = 86_400_000;

/** `/audit`, for owners and auditors: read-only, and each look is on record (AUD-1, AUD-2). */
export function AuditScreen(): ReactNode {
  const t = useWords("audit");
  const account = useWords("account");
  const common = useWords("common");
  const [filter, setFilter] = useState(everything);
  const [opened, setOpened] = useState<AuditRecord | undefined>(undefined);
  usePageTitle(t("title"));
  const query = queryOf(filter);
  const log = useInfiniteQuery({
    queryKey: ["audit", filter],
    queryFn: ({ pageParam }) =>
      call("GET", "/api/audit/log", {
        query: { ...query, ...(pageParam === null ? {} : { before: pageParam }) },
      }),
    initialPageParam: newest,
    getNextPageParam: (page) => page.next,
    // A look is on record: none happens by itself.
    refetchOnWindowFocus: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const reports = useQuery({
    queryKey: ["audit-reports"],
    queryFn: () => call("GET", "/api/audit/reports"),
  });
  const check = useMutation({ mutationFn: () => call("POST", "/api/audit/verify") });
  if (log.isError && log.data === undefined)
    return <LoadProblem error={log.error} retry={() => void log.refetch()} />;
  if (log.data === undefined && filter === everything) return <Waiting>{common("loading")}</Waiting>;
  return (
    <>
      <AuditView
        filter={filter}
        records={log.data?.pages.flatMap((page) => page.records) ?? []}
        more={log.hasNextPage}
        loading={log.isFetching}
        check={check.data}
        checking={check.isPending}
        problem={check.error === null ? undefined : problemText(account, check.error)}
        reports={reports.data?.reports ?? []}
        files={{ jsonl: fileOf("jsonl", query), csv: fileOf("csv", query) }}
        onFilter={setFilter}
        onMore={() => void log.fetchNextPage()}
        onCheck={() => check.mutate()}
        onOpen={setOpened}
      />
      {opened !== undefined && <RecordDialog record={opened} onClose={() => setOpened(undefined)} />}
    </>
  );
}

/** Days of this device, from their first to their last moment. */
function queryOf({ type, about, from, until }: AuditFilter) {
  const day = (text: string) => new Date(`${text}T00:00`).getTime();
  return {
    ...(type === "" ? {} : { type }),
    ...(about === "" ? {} : { about }),
    ...(from === "" ? {} : { from: day(from) }),
    ...(until === "" ? {} : { until: day(until) + dayMs - 1 }),
  };
}

function fileOf(format: "jsonl" | "csv", query: ReturnType<typeof queryOf>): string {
  const values = Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]);
  const text = new URLSearchParams(values).toString();
  return `${pathOf("/api/audit/log/export/:format", { format })}${text === "" ? "" : `?${text}`}`;
}
