import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { formatDateTime } from "../../ui/date-format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { FieldBox, Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { LinkOnce } from "./handed-link.tsx";
import { RoleRadios, type Role } from "./role-radios.tsx";

export interface NewInvitation {
  readonly email: string;
  readonly displayName: string;
  readonly role: Role;
}

export interface InviteDialogProps {
  made: { readonly invitation: NewInvitation; readonly url: string; readonly expiresAt: number } | undefined;
  canMakeOwner: boolean;
  working: boolean;
  problem: string | undefined;
  onSubmit: (invitation: NewInvitation) => void;
  onClose: () => void;
}

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export function InviteDialog(props: InviteDialogProps): ReactNode {
  if (props.made !== undefined) return <Made made={props.made} onClose={props.onClose} />;
  return <Ask {...props} />;
}

function Ask({ canMakeOwner, working, problem, onSubmit, onClose }: InviteDialogProps): ReactNode {
  const t = useWords("people");
  const common = useWords("common");
  const account = useWords("account");
  const [displayName, setName] = useState("");
  const [email, setEmail] = useState("");
  const [role, setRole] = useState<Role>("member");
  const checks = useChecks<"name" | "email">({
    ...(displayName.trim() === "" ? { name: account("check.name") } : {}),
    ...(EMAIL.test(email.trim()) ? {} : { email: account("check.email") }),
  });
  const submit = () => {
    if (checks.pass()) onSubmit({ displayName: displayName.trim(), email: email.trim(), role });
  };
  return (
    <Dialog title={t("invite.title")} onClose={onClose}>
      <p>{t("invite.text")}</p>
      <Form onSubmit={submit}>
        <Fields>
          <TextField
            label={account("field.name")}
            required
            maxLength={64}
            autoComplete="off"
            value={displayName}
            onChange={setName}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <TextField
            label={account("field.email")}
            required
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={email}
            onChange={setEmail}
            onBlur={checks.leave("email")}
            error={checks.errorOf("email")}
          />
          <FieldBox group label={t("invite.role")}>
            {() => <RoleRadios value={role} onChange={setRole} canMakeOwner={canMakeOwner} />}
          </FieldBox>
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? t("invite.working") : undefined}>
              {t("invite.submit")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}

function Made({
  made,
  onClose,
}: {
  made: NonNullable<InviteDialogProps["made"]>;
  onClose: () => void;
}): ReactNode {
  const t = useWords("people");
  const time = formatDateTime(made.expiresAt, useUiLocale());
  return (
    <LinkOnce
      title={t("invited.title", { name: made.invitation.displayName })}
      text={t("invited.text", { time })}
      url={made.url}
      onClose={onClose}
    />
  );
}
