import type { TotpSetup } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Well } from "../../ui/copy.tsx";
import { Stack } from "../../ui/page.tsx";
import { FactorForm } from "./factor-form.tsx";
import { QrCode } from "./qr-code.tsx";

export interface TotpFormProps {
  setup: TotpSetup;
  working: boolean;
  problem: string | undefined;
  onCode: (code: string) => void;
}

/** Scan or type, then one code to show that it worked. */
export function TotpForm({ setup, working, problem, onCode }: TotpFormProps): ReactNode {
  const t = useWords("second-factor");
  return (
    <Stack gap="field">
      <p>{t("totp.scan")}</p>
      <QrCode qr={setup.qr} label={t("totp.qr")} />
      <p>{t("totp.type")}</p>
      <Well label={t("totp.secret")}>{setup.secret.replaceAll(/(.{4})(?=.)/gu, "$1 ")}</Well>
      <FactorForm
        later
        methods={["totp"]}
        working={working}
        problem={problem}
        onPasskey={() => undefined}
        onCode={(_method, code) => onCode(code)}
      />
    </Stack>
  );
}
