import type { BarrierPending, BarrierStatus } from "@sekisho/contract";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useWords } from "../../i18n/words.ts";
import { Stack } from "../../ui/page.tsx";
import { toast } from "../../ui/toast.tsx";
import { BarriersPage } from "./barriers-page.tsx";
import { CsvSection } from "./csv-section.tsx";
import { HistoryTable, SyncTable } from "./sync-tables.tsx";
import { DecideDialog, type PendingAct } from "./decide-dialog.tsx";
import { PendingCards } from "./pending-cards.tsx";
import { UpstreamSection } from "./upstream-section.tsx";
import { useProblem } from "./use-problem.ts";
import { BARRIERS, renew } from "./use-barriers.ts";

/** `/barriers/sync` */
export function SyncScreen(): ReactNode {
  return (
    <BarriersPage tab="sync">
      {(status) => (
        <Stack>
          <Pending status={status} />
          <Syncs />
          <UpstreamSection status={status} />
          <CsvSection status={status} />
          <History />
        </Stack>
      )}
    </BarriersPage>
  );
}

function Pending({ status }: { status: BarrierStatus }): ReactNode {
  const s = useWords("barriers-sync");
  const problem = useProblem();
  const client = useQueryClient();
  const [open, setOpen] = useState<{ act: PendingAct; pending: BarrierPending } | undefined>(undefined);
  const list = useQuery({
    queryKey: [BARRIERS, "pending", status.pending, status.version],
    queryFn: () => call("GET", "/api/barriers/pending"),
  });
  const decide = useMutation({
    mutationFn: async ({
      act,
      pendingId,
      reason,
    }: {
      act: PendingAct;
      pendingId: string;
      reason: string;
    }) => {
      const input = { params: { pendingId }, body: { reason } };
      if (act === "approve") await call("POST", "/api/barriers/pending/:pendingId/approve", input);
      else await call("POST", "/api/barriers/pending/:pendingId/reject", input);
    },
    onSuccess: async (_answer, { act }) => {
      await renew(client);
      setOpen(undefined);
      toast(s(`${act}.done`));
    },
    onError: () => void renew(client),
  });
  return (
    <Loaded query={list}>
      {({ pending }) => (
        <>
          <PendingCards
            pending={pending}
            mayEdit={status.mayEdit}
            onDecide={(act, one) => {
              decide.reset();
              setOpen({ act, pending: one });
            }}
          />
          {open !== undefined && (
            <DecideDialog
              act={open.act}
              pending={open.pending}
              working={decide.isPending}
              problem={problem(decide.error)}
              onConfirm={(reason) => decide.mutate({ act: open.act, pendingId: open.pending.id, reason })}
              onClose={() => setOpen(undefined)}
            />
          )}
        </>
      )}
    </Loaded>
  );
}

const start: string | undefined = undefined;

function Syncs(): ReactNode {
  const list = useInfiniteQuery({
    queryKey: [BARRIERS, "syncs"],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/barriers/syncs", { query: { limit: 20, ...cursor(pageParam) }, signal }),
    initialPageParam: start,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Loaded query={list}>
      {({ pages }) => (
        <SyncTable
          rows={pages.flatMap((page) => page.syncs)}
          hasMore={list.hasNextPage}
          loading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </Loaded>
  );
}

function History(): ReactNode {
  const list = useInfiniteQuery({
    queryKey: [BARRIERS, "versions"],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/barriers/versions", { query: { limit: 20, ...cursor(pageParam) }, signal }),
    initialPageParam: start,
    getNextPageParam: (last) => last.next ?? undefined,
  });
  return (
    <Loaded query={list}>
      {({ pages }) => (
        <HistoryTable
          rows={pages.flatMap((page) => page.versions)}
          hasMore={list.hasNextPage}
          loading={list.isFetchingNextPage}
          onMore={() => void list.fetchNextPage()}
        />
      )}
    </Loaded>
  );
}

function cursor(page: string | undefined) {
  return page === undefined ? {} : { cursor: page };
}
