import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { TextField } from "../../ui/text-field.tsx";

export type FactorQuestion =
  | { readonly kind: "add" }
  | { readonly kind: "rename"; readonly id: string; readonly name: string }
  | { readonly kind: "remove"; readonly id: string; readonly name: string }
  | { readonly kind: "removeTotp" };

type Naming = Extract<FactorQuestion, { kind: "add" | "rename" }>;

export interface PasskeyDialogProps {
  question: Naming;
  onName: (name: string) => void;
  onClose: () => void;
}

/** A name by which its owner knows it again. */
export function PasskeyDialog({ question, onName, onClose }: PasskeyDialogProps): ReactNode {
  const t = useWords("second-factor");
  const [name, setName] = useState("name" in question ? question.name : "");
  const checks = useChecks<"name">(name.trim() === "" ? { name: t("passkey.nameCheck") } : {});
  const submit = () => {
    if (!checks.pass()) return;
    onClose();
    onName(name.trim());
  };
  return (
    <Dialog title={t(question.kind === "add" ? "passkey.add" : "passkey.renameTitle")} onClose={onClose}>
      <Form onSubmit={submit}>
        <Fields>
          <TextField
            label={t("passkey.name")}
            hint={t("passkey.nameHint")}
            maxLength={64}
            value={name}
            onChange={setName}
            error={checks.errorOf("name")}
          />
          <FormEnd>
            <Button onClick={onClose}>{t("cancel")}</Button>
            <Button type="submit" kind="primary">
              {t(question.kind === "add" ? "passkey.make" : "rename")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}

export interface RemoveFactorDialogProps {
  question: Exclude<FactorQuestion, Naming>;
  onRemove: () => void;
  onClose: () => void;
}

export function RemoveFactorDialog({ question, onRemove, onClose }: RemoveFactorDialogProps): ReactNode {
  const t = useWords("second-factor");
  const passkey = question.kind === "remove";
  return (
    <Dialog
      title={passkey ? t("remove.title", { name: question.name }) : t("totp.removeTitle")}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {t("cancel")}
          </Button>
          <Button
            kind="danger"
            onClick={() => {
              onClose();
              onRemove();
            }}
          >
            {t("remove")}
          </Button>
        </>
      }
    >
      <p>{t(passkey ? "remove.text" : "totp.removeText")}</p>
    </Dialog>
  );
}
