import KeyRound from "lucide-react/icons/key-round";
import Smartphone from "lucide-react/icons/smartphone";
import type { FactorMethod, TotpSetup } from "@sekisho/contract";
import type { ReactNode } from "react";
import { BarePage } from "../bare-page.tsx";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Stack } from "../../ui/page.tsx";
import { FactorForm, type FactorFormProps } from "./factor-form.tsx";
import { RecoveryCodes } from "./recovery-codes.tsx";
import { TotpForm } from "./totp-form.tsx";

export interface SetUpViewProps extends Pick<FactorFormProps, "working" | "problem"> {
  /** Not empty: there is a factor, and it only has to be proved in this session. */
  methods: readonly FactorMethod[];
  passkeys: boolean;
  setup: TotpSetup | undefined;
  codes: readonly string[] | undefined;
  onPasskey: () => void;
  onCode: FactorFormProps["onCode"];
  onAddPasskey: () => void;
  onBeginTotp: () => void;
  onTotpCode: (code: string) => void;
  onDone: () => void;
  onSignOut: () => void;
}

/** Before anything else, where the organisation demands a second factor (IDN-2). */
export function SetUpView(props: SetUpViewProps): ReactNode {
  const t = useWords("second-factor");
  const me = useWords("account");
  const known = props.methods.length > 0;
  const title = props.codes === undefined ? t(known ? "prove.title" : "setUp.title") : t("codes.title");
  return (
    <BarePage
      title={title}
      lead={props.codes === undefined ? t(known ? "prove.lead" : "setUp.lead") : undefined}
    >
      <Stack gap="field">
        <Card>
          <Step {...props} />
        </Card>
        {props.codes === undefined && (
          <div>
            <Button onClick={props.onSignOut}>{me("signOut")}</Button>
          </div>
        )}
      </Stack>
    </BarePage>
  );
}

function Step(props: SetUpViewProps): ReactNode {
  const { codes, setup, methods, working, problem } = props;
  if (codes !== undefined) return <RecoveryCodes codes={codes} onDone={props.onDone} />;
  if (methods.length > 0) return <FactorForm {...props} />;
  if (setup !== undefined)
    return <TotpForm setup={setup} working={working} problem={problem} onCode={props.onTotpCode} />;
  return <Choice {...props} />;
}

function Choice(props: SetUpViewProps): ReactNode {
  const t = useWords("second-factor");
  const busy = props.working ? t("checking") : undefined;
  return (
    <Stack gap="field">
      {props.problem !== undefined && (
        <Note tone="danger" role="alert">
          {props.problem}
        </Note>
      )}
      {props.passkeys && (
        <Stack gap="tight">
          <Button
            kind="primary"
            size="large"
            wide
            icon={<KeyRound />}
            busy={busy}
            onClick={props.onAddPasskey}
          >
            {t("passkey.add")}
          </Button>
          <p>{t("passkey.hint")}</p>
        </Stack>
      )}
      <Stack gap="tight">
        <Button
          kind={props.passkeys ? "default" : "primary"}
          size="large"
          wide
          icon={<Smartphone />}
          busy={busy}
          onClick={props.onBeginTotp}
        >
          {t("totp.add")}
        </Button>
        <p>{t("totp.hint")}</p>
      </Stack>
    </Stack>
  );
}
