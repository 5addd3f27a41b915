import Ban from "lucide-react/icons/ban";
import BrickWall from "lucide-react/icons/brick-wall";
import Check from "lucide-react/icons/check";
import Plus from "lucide-react/icons/plus";
import type { BarrierPolicyView, BarrierStatus } from "@sekisho/contract";
import type { BarrierFlag } from "@sekisho/domain";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { buttonClass } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Badge } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { FlagWords } from "./flag-words.tsx";
import { outsideFlags, softFlags } from "./flags.ts";
import { ListHead, More, type MoreProps } from "./list-head.tsx";
import { PairName } from "./pair-name.tsx";
import styles from "./table.module.css";

export interface PoliciesViewProps {
  status: Pick<BarrierStatus, "mayEdit" | "policies" | "groups">;
  policies: readonly BarrierPolicyView[];
  search: string;
  onSearch: (text: string) => void;
  more: MoreProps;
}

export function PoliciesView({ status, policies, search, onSearch, more }: PoliciesViewProps): ReactNode {
  const t = useWords("barriers");
  const make = status.mayEdit ? (
    <Link href="/barriers/policies/new" className={buttonClass("primary")}>
      <Plus />
      <span>{t("policy.make")}</span>
    </Link>
  ) : null;
  if (status.policies === 0)
    return (
      <Card>
        <EmptyState icon={<BrickWall />} text={t("policies.empty")} action={make} />
      </Card>
    );
  return (
    <Stack gap="tight">
      <ListHead
        label={t("policies.search")}
        value={search}
        onSearch={onSearch}
        count={t("policies.count", { count: more.total })}
        action={make}
      />
      {policies.length === 0 ? (
        <Card>
          <EmptyState text={t("search.nothing")} />
        </Card>
      ) : (
        <PolicyTable policies={policies} />
      )}
      <More {...more} />
    </Stack>
  );
}

function PolicyTable({ policies }: { policies: readonly BarrierPolicyView[] }): ReactNode {
  const t = useWords("barriers");
  const columns: Column<BarrierPolicyView>[] = [
    {
      id: "pair",
      label: t("col.pair"),
      cell: (row) => (
        <Link href={`/barriers/policies/${row.id}`} className={styles["open"]}>
          <span>
            <PairName a={row.a} b={row.b} />
          </span>
        </Link>
      ),
    },
    { id: "meeting", tight: true, label: t("col.meeting"), cell: (row) => <Hard policy={row} /> },
    { id: "soft", label: t("col.soft"), cell: (row) => <Soft policy={row} /> },
    { id: "outside", label: t("col.outside"), cell: (row) => <Flags policy={row} of={outsideFlags} /> },
    { id: "state", tight: true, label: t("col.state"), cell: (row) => <State policy={row} /> },
    {
      id: "changed",
      label: t("col.changed"),
      cell: (row) => (
        <span className={styles["two"]}>
          <DateText from={row.changedAt} listNow={Date.now()} />
          <span className={styles["sub"]}>
            <Name>{row.changedBy}</Name> · {row.reason}
          </span>
        </span>
      ),
    },
  ];
  return <DataTable label={t("policies.table")} columns={columns} rows={policies} rowId={(row) => row.id} />;
}

function Hard({ policy }: { policy: BarrierPolicyView }): ReactNode {
  const t = useWords("barriers");
  return policy.flags.includes("meeting") ? (
    <span className={styles["verdict"]}>
      <Ban />
      {t("matrix.blocked")}
    </span>
  ) : (
    <span className={styles["verdict"]}>
      <Check />
      {t("matrix.meet")}
    </span>
  );
}

function Soft({ policy }: { policy: BarrierPolicyView }): ReactNode {
  const t = useWords("barriers");
  if (policy.flags.includes("meeting")) return <span className={styles["sub"]}>{t("included.short")}</span>;
  return <Flags policy={policy} of={softFlags} />;
}

function Flags({ policy, of }: { policy: BarrierPolicyView; of: readonly BarrierFlag[] }): ReactNode {
  return <FlagWords flags={of.filter((flag) => policy.flags.includes(flag))} />;
}

function State({ policy }: { policy: BarrierPolicyView }): ReactNode {
  const t = useWords("barriers");
  if (policy.effectiveState === "pending_approval") return <Badge tone="warn">{t("state.pending")}</Badge>;
  return policy.effectiveState === "in_force" ? (
    <Badge tone="ok">{t("state.inForce")}</Badge>
  ) : (
    <Badge>{t("state.disabled")}</Badge>
  );
}
