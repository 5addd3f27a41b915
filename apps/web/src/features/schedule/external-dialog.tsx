import type { MeetingInput } from "@sekisho/contract";
import { readPhone } from "@sekisho/domain";
import { useState, type ReactNode } from "react";
import { useChecks, type Checks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { SelectField } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";

type Invitee = MeetingInput["invitees"][number];

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

export interface ExternalDialogProps {
  taken: (email: string) => boolean;
  onAdd: (invitee: Invitee) => void;
  /** Somebody who is on the list already, to be changed. */
  initial?: Invitee;
  onClose: () => void;
}

interface Typed {
  readonly name: string;
  readonly organisation: string;
  readonly email: string;
  readonly secondEmail: string;
  readonly phone: string;
  readonly locale: "ja" | "en";
}

type Field = "name" | "email" | "secondEmail" | "phone";

interface PartProps {
  typed: Typed;
  set: (change: Partial<Typed>) => void;
  checks: Checks<Field>;
}

/** 氏名 and 所属 are two fields and stay as they are written (§4.3). */
export function ExternalDialog({ taken, onAdd, onClose, initial }: ExternalDialogProps): ReactNode {
  const t = useWords("schedule");
  const common = useWords("common");
  const { lang } = useUiLocale();
  const [typed, setTyped] = useState<Typed>({
    ...{ name: "", organisation: "", email: "" },
    ...initial,
    ...{
      secondEmail: initial?.secondEmail ?? "",
      phone: initial?.phone ?? "",
      locale: initial?.locale ?? lang,
    },
  });
  const checks = useChecks<Field>(useProblems(typed, taken));
  const set = (change: Partial<Typed>) => setTyped((before) => ({ ...before, ...change }));
  const submit = () => {
    if (checks.pass()) onAdd(inviteeOf(typed));
  };
  return (
    <Dialog title={initial === undefined ? t("external.title") : t("external.change")} onClose={onClose}>
      <Form onSubmit={submit}>
        <Fields>
          <WhoFields {...{ typed, set, checks }} />
          <WayFields {...{ typed, set, checks }} />
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary">
              {initial === undefined ? t("external.add") : t("external.keep")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}

function useProblems(typed: Typed, taken: (email: string) => boolean): Partial<Record<Field, string>> {
  const t = useWords("schedule");
  const account = useWords("account");
  const [email, second, phone] = [typed.email.trim(), typed.secondEmail.trim(), typed.phone.trim()];
  const emailProblem = EMAIL.test(email)
    ? taken(email)
      ? t("external.taken")
      : undefined
    : account("check.email");
  const isSame = second.toLowerCase() === email.toLowerCase();
  const secondProblem = EMAIL.test(second)
    ? isSame
      ? t("external.same")
      : undefined
    : account("check.email");
  return {
    ...(typed.name.trim() === "" ? { name: account("check.name") } : {}),
    ...(emailProblem === undefined ? {} : { email: emailProblem }),
    ...(second === "" || secondProblem === undefined ? {} : { secondEmail: secondProblem }),
    ...(phone === "" || readPhone(phone) !== null ? {} : { phone: t("external.phoneCheck") }),
  };
}

function inviteeOf({ name, organisation, email, secondEmail, phone, locale }: Typed): Invitee {
  const orNull = (text: string) => (text.trim() === "" ? null : text.trim());
  return {
    ...{ name: name.trim(), organisation: organisation.trim(), email: email.trim(), locale },
    ...{ secondEmail: orNull(secondEmail), phone: orNull(phone) },
  };
}

function WhoFields({ typed, set, checks }: PartProps): ReactNode {
  const t = useWords("schedule");
  return (
    <>
      <TextField
        label={t("external.name")}
        required
        maxLength={64}
        autoComplete="off"
        value={typed.name}
        onChange={(name) => set({ name })}
        onBlur={checks.leave("name")}
        error={checks.errorOf("name")}
      />
      <TextField
        label={t("external.organisation")}
        maxLength={64}
        autoComplete="off"
        value={typed.organisation}
        onChange={(organisation) => set({ organisation })}
      />
      <TextField
        label={t("external.email")}
        required
        type="email"
        autoComplete="off"
        spellCheck={false}
        value={typed.email}
        onChange={(email) => set({ email })}
        onBlur={checks.leave("email")}
        error={checks.errorOf("email")}
      />
      <SelectField
        label={t("external.locale")}
        value={typed.locale}
        options={[
          { value: "ja", label: t("lang.ja") },
          { value: "en", label: t("lang.en") },
        ]}
        onChange={(locale) => set({ locale })}
      />
    </>
  );
}

/** INV-1: where the passcode may go, since it never goes where the link goes. */
function WayFields({ typed, set, checks }: PartProps): ReactNode {
  const t = useWords("schedule");
  return (
    <>
      <Note>{t("external.ways")}</Note>
      <TextField
        label={t("external.second")}
        type="email"
        autoComplete="off"
        spellCheck={false}
        value={typed.secondEmail}
        onChange={(secondEmail) => set({ secondEmail })}
        onBlur={checks.leave("secondEmail")}
        error={checks.errorOf("secondEmail")}
      />
      <TextField
        label={t("external.phone")}
        hint={t("external.phoneHint")}
        type="tel"
        autoComplete="off"
        maxLength={40}
        value={typed.phone}
        onChange={(phone) => set({ phone })}
        onBlur={checks.leave("phone")}
        error={checks.errorOf("phone")}
      />
    </>
  );
}
