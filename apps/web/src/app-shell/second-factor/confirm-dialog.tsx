import BuildingComplex from "lucide-react/icons/building-complex";
import type { FactorMethod, OwnFactors, OwnProvider } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Fields } from "../../ui/field.tsx";
import { Form } from "../../ui/form.tsx";
import { Note } from "../../ui/note.tsx";
import { PasswordField } from "../../ui/password-field.tsx";
import { FactorForm } from "./factor-form.tsx";
import { passkeysPossible } from "./passkey-device.ts";
import type { useProve } from "./use-prove.ts";

export interface ConfirmDialogProps {
  factors: OwnFactors;
  prove: ReturnType<typeof useProve>;
  /** Identity providers that the account is tied to, where it has no factor of its own. */
  providers?: readonly OwnProvider[];
  onClose: () => void;
}

/** Before a change of what signs one in: by a factor where there is one, else by the password. */
export function ConfirmDialog({ factors, prove, providers = [], onClose }: ConfirmDialogProps): ReactNode {
  const t = useWords("second-factor");
  const methods = methodsOf(factors);
  return (
    <Dialog
      title={t("confirm.title")}
      onClose={onClose}
      actions={<Button onClick={onClose}>{t("cancel")}</Button>}
    >
      <Fields>
        <p>{t("confirm.text")}</p>
        {providers.map(({ id, name }) => (
          <Button
            key={id}
            wide
            icon={<BuildingComplex />}
            busy={prove.working ? t("checking") : undefined}
            onClick={() => prove.onProvider(id)}
          >
            {t("confirm.provider", { name })}
          </Button>
        ))}
        {providers.length > 0 && <p>{t("confirm.orPassword")}</p>}
        {methods.length > 0 ? <FactorForm methods={methods} {...prove} /> : <ByPassword {...prove} />}
      </Fields>
    </Dialog>
  );
}

/** What the account can prove itself by here; recovery codes never stand alone. */
export function methodsOf({ passkeys, totpSince, recoveryCodesLeft }: OwnFactors): FactorMethod[] {
  const methods: FactorMethod[] = [];
  if (passkeys.length > 0 && passkeysPossible()) methods.push("passkey");
  if (totpSince !== null) methods.push("totp");
  if (recoveryCodesLeft > 0 && (passkeys.length > 0 || totpSince !== null)) methods.push("recovery");
  return methods;
}

function ByPassword({ working, problem, onPassword }: ConfirmDialogProps["prove"]): ReactNode {
  const t = useWords("second-factor");
  const account = useWords("account");
  const [password, setPassword] = useState("");
  return (
    <Form label={t("confirm.title")} onSubmit={() => password !== "" && !working && onPassword(password)}>
      <Fields>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <PasswordField
          label={account("field.password")}
          autoComplete="current-password"
          value={password}
          onChange={setPassword}
        />
        <Button type="submit" kind="primary" wide busy={working ? t("checking") : undefined}>
          {t("check")}
        </Button>
      </Fields>
    </Form>
  );
}
