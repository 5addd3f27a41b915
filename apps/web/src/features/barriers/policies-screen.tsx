import type { BarrierStatus } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { BarriersPage } from "./barriers-page.tsx";
import { PoliciesView } from "./policies-view.tsx";
import { usePolicies } from "./use-barriers.ts";

/** `/barriers` */
export function PoliciesScreen(): ReactNode {
  return <BarriersPage tab="policies">{(status) => <Policies status={status} />}</BarriersPage>;
}

function Policies({ status }: { status: BarrierStatus }): ReactNode {
  const [search, setSearch] = useState("");
  const list = usePolicies(search);
  return (
    <Loaded query={list}>
      {({ pages }) => {
        const policies = pages.flatMap((page) => page.policies);
        return (
          <PoliciesView
            status={status}
            policies={policies}
            search={search}
            onSearch={setSearch}
            more={{
              shown: policies.length,
              total: pages[0]?.total ?? 0,
              hasMore: list.hasNextPage,
              loading: list.isFetchingNextPage,
              onMore: () => void list.fetchNextPage(),
            }}
          />
        );
      }}
    </Loaded>
  );
}
