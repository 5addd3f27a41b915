import { useState, type ReactNode } from "react";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form, FormEnd } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { TextField } from "../../ui/text-field.tsx";

export interface RenameDialogProps {
  name: string;
  working: boolean;
  problem: string | undefined;
  onRename: (name: string) => Promise<void>;
  onClose: () => void;
}

export function RenameDialog({ name, working, problem, onRename, onClose }: RenameDialogProps): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const account = useWords("account");
  const [value, setValue] = useState(name);
  const checks = useChecks<"name">(value.trim() === "" ? { name: account("check.name") } : {});
  const submit = () => {
    // A failure stays in the dialog as `problem`; what was typed is kept.
    if (checks.pass()) onRename(value.trim()).then(onClose, () => undefined);
  };
  return (
    <Dialog title={t("name.title")} onClose={onClose}>
      <Form onSubmit={submit}>
        <Fields>
          <TextField
            label={t("name.label")}
            hint={t("name.hint")}
            maxLength={64}
            autoComplete="name"
            value={value}
            onChange={setValue}
            error={checks.errorOf("name")}
          />
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <FormEnd>
            <Button onClick={onClose}>{common("cancel")}</Button>
            <Button type="submit" kind="primary" busy={working ? common("saving") : undefined}>
              {t("save")}
            </Button>
          </FormEnd>
        </Fields>
      </Form>
    </Dialog>
  );
}
