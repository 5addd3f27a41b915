import Plus from "lucide-react/icons/plus";
import Users from "lucide-react/icons/users";
import type { BarrierGroupView, BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { ListHead, More, type MoreProps } from "./list-head.tsx";
import { mayEditGroups } from "./status-model.ts";
import styles from "./table.module.css";

export interface GroupsViewProps {
  status: BarrierStatus;
  groups: readonly BarrierGroupView[];
  search: string;
  onSearch: (text: string) => void;
  onMake: () => void;
  more: MoreProps;
}

export function GroupsView({ status, groups, search, onSearch, onMake, more }: GroupsViewProps): ReactNode {
  const t = useWords("barriers-groups");
  const words = useWords("barriers");
  const make = mayEditGroups(status) ? (
    <Button kind="primary" icon={<Plus />} onClick={onMake}>
      {t("make")}
    </Button>
  ) : null;
  return (
    <Stack gap="tight">
      <ManualNote status={status} />
      {status.groups === 0 ? (
        <Card>
          <EmptyState icon={<Users />} text={t("empty")} action={make} />
        </Card>
      ) : (
        <>
          <ListHead
            label={t("search")}
            value={search}
            onSearch={onSearch}
            count={t("count", { count: more.total })}
            action={make}
          />
          {groups.length === 0 ? (
            <Card>
              <EmptyState text={words("search.nothing")} />
            </Card>
          ) : (
            <GroupTable groups={groups} />
          )}
          <More {...more} />
        </>
      )}
      <p>
        <Link href="/barriers/groups/ungrouped">{t("ungrouped.link", { count: status.ungrouped })}</Link>
      </p>
    </Stack>
  );
}

/** BAR-9: why groups cannot be changed here, or that a sync will write over what is. */
export function ManualNote({ status }: { status: BarrierStatus }): ReactNode {
  const t = useWords("barriers-groups");
  if (!status.mayEdit) return null;
  if (!mayEditGroups(status))
    return (
      <Note>
        {t.rich("manual.off", { link: <Link href="/barriers/settings">{t("manual.off.link")}</Link> })}
      </Note>
    );
  return status.syncedGroups ? <Note tone="warn">{t("manual.synced")}</Note> : null;
}

function GroupTable({ groups }: { groups: readonly BarrierGroupView[] }): ReactNode {
  const t = useWords("barriers-groups");
  const columns: Column<BarrierGroupView>[] = [
    {
      id: "name",
      label: t("col.name"),
      cell: (row) => (
        <Link href={`/barriers/groups/${row.id}`} className={styles["open"]}>
          <Name>{row.name}</Name>
        </Link>
      ),
    },
    { id: "members", number: true, label: t("col.members"), cell: (row) => row.members },
    { id: "primary", number: true, label: t("col.primary"), cell: (row) => row.primaryMembers },
    { id: "policies", number: true, label: t("col.policies"), cell: (row) => row.policies },
    {
      id: "domains",
      label: t("col.domains"),
      cell: (row) =>
        row.domains.length === 0 ? (
          <span className={styles["sub"]}>{t("none")}</span>
        ) : (
          row.domains.join(", ")
        ),
    },
  ];
  return <DataTable label={t("table")} columns={columns} rows={groups} rowId={(row) => row.id} />;
}
