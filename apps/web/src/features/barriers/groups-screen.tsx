import type { BarrierStatus } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { BarriersPage } from "./barriers-page.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { GroupsView } from "./groups-view.tsx";
import { useGroups } from "./use-barriers.ts";

/** `/barriers/groups` */
export function GroupsScreen(): ReactNode {
  return <BarriersPage tab="groups">{(status) => <Groups status={status} />}</BarriersPage>;
}

function Groups({ status }: { status: BarrierStatus }): ReactNode {
  const [search, setSearch] = useState("");
  const [making, setMaking] = useState(false);
  const list = useGroups(search);
  return (
    <Loaded query={list}>
      {({ pages }) => {
        const groups = pages.flatMap((page) => page.groups);
        return (
          <>
            <GroupsView
              status={status}
              groups={groups}
              search={search}
              onSearch={setSearch}
              onMake={() => setMaking(true)}
              more={{
                shown: groups.length,
                total: pages[0]?.total ?? 0,
                hasMore: list.hasNextPage,
                loading: list.isFetchingNextPage,
                onMore: () => void list.fetchNextPage(),
              }}
            />
            {making && <GroupDialog status={status} group={undefined} onClose={() => setMaking(false)} />}
          </>
        );
      }}
    </Loaded>
  );
}
