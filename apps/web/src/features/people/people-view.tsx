import Ellipsis from "lucide-react/icons/ellipsis";
import UserPlus from "lucide-react/icons/user-plus";
import type { AccountRow, invitationRow, Me } from "@sekisho/contract";
import type { ReactNode } from "react";
import type { z } from "zod";
import { useWords } from "../../i18n/words.ts";
import { Button, IconButton } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Menu, type MenuItem } from "../../ui/menu.tsx";
import { Badge } from "../../ui/note.tsx";
import { PageHead, Section, Stack } from "../../ui/page.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import type { Decision } from "./person-dialog.tsx";

type InvitationRow = z.infer<typeof invitationRow>;

export interface PeopleViewProps {
  accounts: readonly AccountRow[];
  invitations: readonly InvitationRow[];
  me: Pick<Me, "id" | "role">;
  onInvite: () => void;
  onDecide: (decision: Decision) => void;
}

export function PeopleView(props: PeopleViewProps): ReactNode {
  const t = useWords("people");
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <Button kind="primary" icon={<UserPlus />} onClick={props.onInvite}>
            {t("invite")}
          </Button>
        }
      />
      <Stack>
        <AccountTable {...props} />
        {props.invitations.length > 0 && (
          <Section title={t("open")}>
            <InvitationTable {...props} />
          </Section>
        )}
      </Stack>
    </>
  );
}

function AccountTable({ accounts, me, onDecide }: PeopleViewProps): ReactNode {
  const t = useWords("people");
  const columns: Column<AccountRow>[] = [
    {
      id: "name",
      label: t("col.name"),
      cell: (row) => <PersonName name={row.displayName} affiliation={row.email} layout="stacked" />,
    },
    { id: "role", label: t("col.role"), cell: (row) => <RoleWords row={row} /> },
    {
      id: "state",
      tight: true,
      label: t("col.state"),
      cell: (row) => (row.disabled ? <Badge tone="warn">{t("disabled")}</Badge> : t("active")),
    },
    {
      id: "factors",
      label: t("col.factors"),
      cell: ({ factors }) => <FactorWords factors={factors} />,
    },
    {
      id: "last",
      tight: true,
      label: t("col.lastSignIn"),
      cell: (row) => (row.lastSignInAt === null ? t("never") : <DateText from={row.lastSignInAt} />),
    },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) =>
        row.id === me.id ? <Badge>{t("you")}</Badge> : <AccountMenu row={row} me={me} onDecide={onDecide} />,
    },
  ];
  return <DataTable label={t("table")} columns={columns} rows={accounts} rowId={(row) => row.id} />;
}

function FactorWords({ factors }: Pick<AccountRow, "factors">): ReactNode {
  const t = useWords("people");
  const { passkeys, totp } = factors;
  if (passkeys === 0 && !totp) return t("factors.none");
  const words = [passkeys > 0 && t("factors.passkeys", { count: passkeys }), totp && t("factors.totp")];
  return words.filter((one) => one !== false).join(t("duty.join"));
}

/** Owners have every duty without being given one. */
function RoleWords({ row }: { row: AccountRow }): ReactNode {
  const t = useWords("people");
  const duties = row.role === "owner" ? [] : row.duties;
  return [t(`role.${row.role}`), ...duties.map((duty) => t(`duty.${duty}`))].join(t("duty.join"));
}

/** As the server has it: an owner must not become his own second person by way of somebody else's account (BAR-6). */
function mayHandLink(me: PeopleViewProps["me"], row: AccountRow): boolean {
  const isOutOfReach = row.role === "owner" || row.duties.includes("compliance");
  return me.role === "owner" && !isOutOfReach && !row.disabled;
}

type AccountMenuProps = Pick<PeopleViewProps, "me" | "onDecide"> & { row: AccountRow };

function AccountMenu({ row, me, onDecide }: AccountMenuProps): ReactNode {
  const t = useWords("people");
  const account = useWords("account");
  const refused =
    row.role === "owner" && me.role !== "owner" ? { refused: account("error.not_allowed") } : {};
  const items: MenuItem[] = [
    {
      id: "role",
      label: t("role.change"),
      ...refused,
      onSelect: () => onDecide({ kind: "role", id: row.id, name: row.displayName, role: row.role }),
    },
    ...(me.role === "owner" && row.role !== "owner"
      ? [
          {
            id: "duties",
            label: t("duties.change"),
            onSelect: () =>
              onDecide({ kind: "duties", id: row.id, name: row.displayName, duties: row.duties }),
          },
        ]
      : []),
    ...(me.role === "owner" && (row.factors.passkeys > 0 || row.factors.totp)
      ? [
          {
            id: "reset",
            label: t("reset"),
            onSelect: () => onDecide({ kind: "reset", id: row.id, name: row.displayName }),
          },
        ]
      : []),
    ...(mayHandLink(me, row)
      ? [
          {
            id: "link",
            label: t("link"),
            onSelect: () => onDecide({ kind: "link", id: row.id, name: row.displayName }),
          },
        ]
      : []),
    row.disabled
      ? {
          id: "enable",
          label: t("enable"),
          ...refused,
          onSelect: () => onDecide({ kind: "enable", id: row.id, name: row.displayName }),
        }
      : {
          id: "disable",
          label: t("disable"),
          danger: true,
          ...refused,
          onSelect: () => onDecide({ kind: "disable", id: row.id, name: row.displayName }),
        },
  ];
  const label = t("actions", { name: row.displayName });
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

function InvitationTable({ invitations, onDecide }: PeopleViewProps): ReactNode {
  const t = useWords("people");
  const columns: Column<InvitationRow>[] = [
    {
      id: "name",
      label: t("col.name"),
      cell: (row) => <PersonName name={row.displayName} affiliation={row.email} layout="stacked" />,
    },
    { id: "role", tight: true, label: t("col.role"), cell: (row) => t(`role.${row.role}`) },
    { id: "expires", tight: true, label: t("col.expires"), cell: (row) => <DateText from={row.expiresAt} /> },
    {
      id: "actions",
      label: t("col.actions"),
      quietLabel: true,
      cell: (row) => (
        <Button
          size="small"
          kind="danger-quiet"
          onClick={() => onDecide({ kind: "revoke", id: row.id, name: row.displayName })}
        >
          {t("revoke")}
        </Button>
      ),
    },
  ];
  return <DataTable label={t("open.table")} columns={columns} rows={invitations} rowId={(row) => row.id} />;
}
