import Ellipsis from "lucide-react/icons/ellipsis";
import UserPlus from "lucide-react/icons/user-plus";
import type { BarrierGroupView, BarrierMemberView, BarrierStatus } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Link } from "wouter";
import { useWords } from "../../i18n/words.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Badge, Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { Name, PersonName } from "../../ui/person-name.tsx";
import { ManualNote } from "./groups-view.tsx";
import { ListHead, More, type MoreProps } from "./list-head.tsx";
import { mayEditGroups } from "./status-model.ts";
import styles from "./table.module.css";

export type GroupHead = BarrierGroupView;
export type MemberAct = "primary" | "remove" | "join";

export interface GroupViewProps {
  status: BarrierStatus;
  /** Null: the people without a group. */
  group: GroupHead | null;
  members: readonly BarrierMemberView[];
  search: string;
  onSearch: (text: string) => void;
  onEdit: () => void;
  onRemove: () => void;
  onAdd: () => void;
  onMember: (act: MemberAct, member: BarrierMemberView) => void;
  more: MoreProps;
}

export function GroupView(props: GroupViewProps): ReactNode {
  const t = useWords("barriers-groups");
  const { status, group, members, more } = props;
  const editable = mayEditGroups(status);
  return (
    <Stack gap="tight">
      <Head {...props} editable={editable} />
      <ManualNote status={status} />
      {group === null && status.rules.on && (
        <Note tone={status.rules.ungrouped === "inherit" ? "plain" : "warn"}>
          {t(`ungrouped.${status.rules.ungrouped}`)}
        </Note>
      )}
      <ListHead
        label={t("members.search")}
        value={props.search}
        onSearch={props.onSearch}
        count={t("members.count", { count: more.total })}
        action={
          editable && group !== null ? (
            <Button kind="primary" icon={<UserPlus />} onClick={props.onAdd}>
              {t("add")}
            </Button>
          ) : undefined
        }
      />
      {members.length === 0 ? (
        <Card>
          <EmptyState text={t(group === null ? "ungrouped.nobody" : "members.nobody")} />
        </Card>
      ) : (
        <MemberTable {...props} editable={editable} />
      )}
      <More {...more} />
    </Stack>
  );
}

type Part = GroupViewProps & { editable: boolean };

function Head({ group, editable, onEdit, onRemove }: Part): ReactNode {
  const t = useWords("barriers-groups");
  return (
    <div className={styles["group"]}>
      <p>
        <Link href="/barriers/groups">{t("back")}</Link>
      </p>
      <div className={styles["head"]}>
        <div className={styles["two"]}>
          <h2 className={styles["heading"]}>{group === null ? t("ungrouped") : <Name>{group.name}</Name>}</h2>
          {group !== null && (
            <p className={styles["sub"]}>
              {t("policies", { count: group.policies })}
              {group.domains.length > 0 && ` · ${t("domains.list", { domains: group.domains.join(", ") })}`}
            </p>
          )}
        </div>
        {group !== null && editable && (
          <div className={styles["action"]}>
            <Button onClick={onEdit}>{t("edit")}</Button>
            <Button kind="danger-quiet" onClick={onRemove}>
              {t("remove")}
            </Button>
          </div>
        )}
      </div>
    </div>
  );
}

function MemberTable(props: Part): ReactNode {
  const t = useWords("barriers-groups");
  const { group, members, editable } = props;
  const columns: Column<BarrierMemberView>[] = [
    {
      id: "name",
      label: t("col.person"),
      cell: (row) => <PersonName name={row.displayName} affiliation={row.email} layout="stacked" />,
    },
  ];
  if (group !== null)
    columns.push(
      { id: "primary", label: t("col.main"), cell: (row) => <Main member={row} /> },
      { id: "others", number: true, label: t("col.others"), cell: (row) => row.otherGroups },
    );
  if (editable)
    columns.push({
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => <Actions {...props} member={row} />,
    });
  return (
    <DataTable label={t("members.table")} columns={columns} rows={members} rowId={(row) => row.accountId} />
  );
}

function Main({ member }: { member: BarrierMemberView }): ReactNode {
  const t = useWords("barriers-groups");
  return (
    <span className={styles["two"]}>
      {member.primary ? (
        <span>
          <Badge tone="ok">{t("main.yes")}</Badge>
        </span>
      ) : (
        <span>
          {member.primaryGroupName === null
            ? t("main.none")
            : t.rich("main.no", { name: <Name>{member.primaryGroupName}</Name> })}
        </span>
      )}
      {member.held && <span className={styles["sub"]}>{t("held")}</span>}
    </span>
  );
}

function Actions({ group, member, onMember }: Part & { member: BarrierMemberView }): ReactNode {
  const t = useWords("barriers-groups");
  if (group === null)
    return (
      <Button size="small" onClick={() => onMember("join", member)}>
        {t("join")}
      </Button>
    );
  const items: MenuItem[] = [
    ...(member.primary
      ? []
      : [{ id: "primary", label: t("primary"), onSelect: () => onMember("primary", member) }]),
    { id: "remove", label: t("take"), danger: true, onSelect: () => onMember("remove", member) },
  ];
  const label = t("actions", { name: member.displayName });
  return (
    <Menu
      label={label}
      items={items}
      trigger={(trigger) => (
        <IconButton label={label} {...trigger}>
          <Ellipsis />
        </IconButton>
      )}
    />
  );
}
