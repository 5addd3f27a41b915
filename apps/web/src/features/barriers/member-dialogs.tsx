import type { BarrierMemberView, BarrierStatus } from "@sekisho/contract";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useWords } from "../../i18n/words.ts";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import { SearchSelect, type Choice } from "../../ui/search-select.tsx";
import type { GroupHead, MemberAct } from "./group-view.tsx";
import { added, madePrimary, removed, type Membership } from "./membership.ts";
import { ReviewDialog } from "./review-dialog.tsx";
import { BARRIERS, useGroupSearch, usePeopleSearch, type Edits } from "./use-barriers.ts";

/** A person's groups as they are now: an edit says all of them, so it starts from all of them. */
function usePerson(accountId: string | undefined) {
  return useQuery({
    queryKey: [BARRIERS, "person", accountId],
    enabled: accountId !== undefined,
    queryFn: () => call("GET", "/api/barriers/people/:accountId", { params: { accountId: accountId ?? "" } }),
    staleTime: 0,
  });
}

const none: Edits = [];

export interface AddMemberProps {
  status: BarrierStatus;
  group: GroupHead;
  onClose: () => void;
}

export function AddMemberDialog({ status, group, onClose }: AddMemberProps): ReactNode {
  const t = useWords("barriers-groups");
  const [person, setPerson] = useState<Choice | undefined>(undefined);
  const [asMain, setAsMain] = useState(false);
  const people = usePeopleSearch();
  const found = usePerson(person?.id).data;
  const edits = useMemo<Edits>(
    () => (found === undefined ? none : [added(idsOf(found), group.id, asMain)]),
    [found, group.id, asMain],
  );
  const first = found?.primary === null;
  return (
    <ReviewDialog
      title={t("add.title", { name: group.name })}
      edits={edits}
      version={status.version}
      confirm={t("add.confirm")}
      onClose={onClose}
    >
      <FieldBox label={t("person")} required>
        {({ id }) => (
          <SearchSelect
            id={id}
            label={t("person")}
            value={person}
            found={people.found}
            onSearch={people.onSearch}
            onPick={setPerson}
            placeholder={t("person.placeholder")}
            nothing={t("person.nobody")}
          />
        )}
      </FieldBox>
      <Checkbox
        checked={asMain || first}
        onChange={setAsMain}
        {...(first ? { fixedBy: t("main.first") } : {})}
        {...(found !== undefined && !first ? { hint: t("main.move") } : {})}
      >
        {t("main.make")}
      </Checkbox>
      {status.syncedGroups && <Note tone="warn">{t("manual.synced")}</Note>}
    </ReviewDialog>
  );
}

export interface MemberDialogProps {
  status: BarrierStatus;
  group: GroupHead | null;
  act: MemberAct;
  member: BarrierMemberView;
  onClose: () => void;
}

export function MemberDialog(props: MemberDialogProps): ReactNode {
  if (props.group === null) return <JoinDialog {...props} />;
  return props.act === "primary" ? (
    <PrimaryChange {...props} group={props.group} />
  ) : (
    <TakeDialog {...props} group={props.group} />
  );
}

function JoinDialog({ status, member, onClose }: MemberDialogProps): ReactNode {
  const t = useWords("barriers-groups");
  const [group, setGroup] = useState<Choice | undefined>(undefined);
  const groups = useGroupSearch();
  const found = usePerson(member.accountId).data;
  const edits = useMemo<Edits>(
    () => (found === undefined || group === undefined ? none : [added(idsOf(found), group.id, true)]),
    [found, group],
  );
  return (
    <ReviewDialog
      title={t("join.title", { name: member.displayName })}
      edits={edits}
      version={status.version}
      confirm={t("join.confirm")}
      onClose={onClose}
    >
      <FieldBox label={t("col.main")} required>
        {({ id }) => (
          <SearchSelect
            id={id}
            label={t("col.main")}
            value={group}
            found={groups.found}
            onSearch={groups.onSearch}
            onPick={setGroup}
            placeholder={t("group.placeholder")}
            nothing={t("group.nobody")}
          />
        )}
      </FieldBox>
    </ReviewDialog>
  );
}

type Inside = MemberDialogProps & { group: GroupHead };

function PrimaryChange({ status, group, member, onClose }: Inside): ReactNode {
  const t = useWords("barriers-groups");
  const found = usePerson(member.accountId).data;
  const edits = useMemo<Edits>(
    () => (found === undefined ? none : [madePrimary(idsOf(found), group.id)]),
    [found, group.id],
  );
  return (
    <ReviewDialog
      title={t("primary.title", { name: member.displayName, group: group.name })}
      edits={edits}
      version={status.version}
      confirm={t("primary.confirm")}
      onClose={onClose}
    >
      <p>{t("primary.text", { before: member.primaryGroupName ?? t("main.none"), now: group.name })}</p>
    </ReviewDialog>
  );
}

function TakeDialog({ status, group, member, onClose }: Inside): ReactNode {
  const t = useWords("barriers-groups");
  const found = usePerson(member.accountId).data;
  const [chosen, setChosen] = useState<string | undefined>(undefined);
  const others = found?.groups.filter(({ id }) => id !== group.id) ?? [];
  const asks = found?.primary === group.id && others.length > 0;
  const next = chosen ?? null;
  const edits = useMemo<Edits>(() => {
    if (found === undefined || (asks && next === null)) return none;
    return [removed(idsOf(found), group.id, next)];
  }, [found, asks, next, group.id]);
  return (
    <ReviewDialog
      title={t("take.title", { name: member.displayName, group: group.name })}
      edits={edits}
      version={status.version}
      confirm={t("take.confirm")}
      danger
      onClose={onClose}
    >
      {found !== undefined && others.length === 0 && <p>{t("take.last")}</p>}
      {asks && (
        <FieldBox group label={t("take.next")}>
          {() => (
            <Radios
              label={t("take.next")}
              value={chosen}
              onChange={setChosen}
              options={others.map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
        </FieldBox>
      )}
    </ReviewDialog>
  );
}

function idsOf(person: {
  readonly accountId: string;
  readonly groups: readonly { readonly id: string }[];
  readonly primary: string | null;
}): Membership {
  return { ...person, groups: person.groups.map(({ id }) => id) };
}
