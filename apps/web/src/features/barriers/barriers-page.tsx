import type { BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { BarriersLayout, type BarrierTab } from "./barriers-layout.tsx";
import { useStatus } from "./use-barriers.ts";

/** A page of the barriers: waits for the status, and stands under the common head. */
export function BarriersPage({
  tab,
  children,
}: {
  tab: BarrierTab;
  children: (status: BarrierStatus) => ReactNode;
}): ReactNode {
  const t = useWords("barriers");
  const status = useStatus();
  usePageTitle(`${t(`tab.${tab}`)} · ${t("title")}`);
  return (
    <Loaded query={status}>
      {(data) => (
        <BarriersLayout tab={tab} status={data}>
          {children(data)}
        </BarriersLayout>
      )}
    </Loaded>
  );
}
