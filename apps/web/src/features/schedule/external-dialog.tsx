import type { MeetingInput } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";

type Invitee = MeetingInput["invitees"][number];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export interface ExternalDialogProps {
  taken: (email: string) => boolean;
  onAdd: (invitee: Invitee) => void;
  onClose: () => void;
}

/** 氏名 and 所属 are two fields and stay as they are written (§4.3). */
export function ExternalDialog({ taken, onAdd, onClose }: ExternalDialogProps): ReactNode {
  const t = useWords("schedule");
  const common = useWords("common");
  const account = useWords("account");
  const [name, setName] = useState("");
  const [organisation, setOrganisation] = useState("");
  const [email, setEmail] = useState("");
  const address = email.trim();
  const emailProblem = EMAIL.test(address)
    ? taken(address)
      ? t("external.taken")
      : undefined
    : account("check.email");
  const checks = useChecks<"name" | "email">({
    ...(name.trim() === "" ? { name: account("check.name") } : {}),
    ...(emailProblem === undefined ? {} : { email: emailProblem }),
  });
  const submit = () => {
    if (checks.pass()) onAdd({ name: name.trim(), organisation: organisation.trim(), email: address });
  };
  return (
    <Dialog title={t("external.title")} onClose={onClose}>
      <Form onSubmit={submit}>
        <Fields>
          <TextField
            label={t("external.name")}
            required
            maxLength={64}
            autoComplete="off"
            value={name}
            onChange={setName}
            onBlur={checks.leave("name")}
            error={checks.errorOf("name")}
          />
          <TextField
            label={t("external.organisation")}
            maxLength={64}
            autoComplete="off"
            value={organisation}
            onChange={setOrganisation}
          />
          <TextField
            label={t("external.email")}
            required
            type="email"
            autoComplete="off"
            spellCheck={false}
            value={email}
            onChange={setEmail}
            onBlur={checks.leave("email")}
            error={checks.errorOf("email")}
          />
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary">
              {t("external.add")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}
