import type { BarrierMemberView, BarrierStatus } from "@sekisho/contract";
import { useMemo, useState, type ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { navigate, useParam } from "../../app-shell/location.ts";
import { useWords } from "../../i18n/words.ts";
import { NotFound } from "../../routes.ts";
import { BarriersPage } from "./barriers-page.tsx";
import { GroupDialog } from "./group-dialog.tsx";
import { GroupView, type GroupHead, type MemberAct } from "./group-view.tsx";
import { AddMemberDialog, MemberDialog } from "./member-dialogs.tsx";
import { ReviewDialog } from "./review-dialog.tsx";
import { useGroup, useMembers, type Edits } from "./use-barriers.ts";

/** `/barriers/groups/:groupId`; `ungrouped` for people without a group. */
export function GroupScreen(): ReactNode {
  const groupId = useParam("groupId");
  return (
    <BarriersPage tab="groups">
      {(status) =>
        groupId === "ungrouped" ? (
          <Group key={groupId} status={status} groupId={groupId} group={null} />
        ) : (
          <Existing key={groupId} status={status} groupId={groupId} />
        )
      }
    </BarriersPage>
  );
}

function Existing({ status, groupId }: { status: BarrierStatus; groupId: string }): ReactNode {
  const group = useGroup(groupId);
  return (
    <Loaded query={group}>
      {(found) => (found === null ? <NotFound /> : <Group status={status} groupId={groupId} group={found} />)}
    </Loaded>
  );
}

type Open = "edit" | "remove" | "add" | { readonly act: MemberAct; readonly member: BarrierMemberView };

function Group({
  status,
  groupId,
  group,
}: {
  status: BarrierStatus;
  groupId: string;
  group: GroupHead | null;
}): ReactNode {
  const [search, setSearch] = useState("");
  const [open, setOpen] = useState<Open | undefined>(undefined);
  const members = useMembers(groupId, search);
  const close = () => setOpen(undefined);
  return (
    <Loaded query={members}>
      {({ pages }) => {
        const list = pages.flatMap((page) => page.members);
        return (
          <>
            <GroupView
              status={status}
              group={group}
              members={list}
              search={search}
              onSearch={setSearch}
              onEdit={() => setOpen("edit")}
              onRemove={() => setOpen("remove")}
              onAdd={() => setOpen("add")}
              onMember={(act, member) => setOpen({ act, member })}
              more={{
                shown: list.length,
                total: pages[0]?.total ?? 0,
                hasMore: members.hasNextPage,
                loading: members.isFetchingNextPage,
                onMore: () => void members.fetchNextPage(),
              }}
            />
            {open === "edit" && group !== null && (
              <GroupDialog status={status} group={group} onClose={close} />
            )}
            {open === "remove" && group !== null && (
              <RemoveGroup status={status} group={group} onClose={close} />
            )}
            {open === "add" && group !== null && (
              <AddMemberDialog status={status} group={group} onClose={close} />
            )}
            {typeof open === "object" && (
              <MemberDialog
                status={status}
                group={group}
                act={open.act}
                member={open.member}
                onClose={close}
              />
            )}
          </>
        );
      }}
    </Loaded>
  );
}

interface RemoveGroupProps {
  status: BarrierStatus;
  group: GroupHead;
  onClose: () => void;
}

function RemoveGroup({ status, group, onClose }: RemoveGroupProps): ReactNode {
  const t = useWords("barriers-groups");
  const edits = useMemo<Edits>(() => [{ type: "group.remove", groupId: group.id }], [group.id]);
  return (
    <ReviewDialog
      title={t("remove.title", { name: group.name })}
      edits={edits}
      version={status.version}
      confirm={t("remove.confirm")}
      danger
      onClose={onClose}
      onSaved={() => navigate("/barriers/groups")}
    >
      <p>{t("remove.text", { count: group.members })}</p>
    </ReviewDialog>
  );
}
