import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { askPasskey, passkeysPossible } from "../../app-shell/second-factor/passkey-device.ts";
import { useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import { LinkIsGone, NewPasswordView, PasswordIsSet } from "./new-password-view.tsx";
import { SecondStep } from "./second-step.tsx";
import { useRecovery } from "./use-recovery.ts";

export function NewPasswordScreen(): ReactNode {
  const t = useWords("recovery");
  const token = useParam("token");
  const { state, working, problem, set, go } = useRecovery(token);
  usePageTitle(t("title"));
  if (state.step === "checking") return <Waiting>{t("checking")}</Waiting>;
  if (state.step === "done") return <PasswordIsSet />;
  if (state.step === "gone") return <LinkIsGone text={state.text} />;
  const { link } = state;
  if (state.step === "password")
    return (
      <NewPasswordView
        email={link.email}
        factor={link.methods.length > 0}
        working={working}
        problem={problem}
        onSubmit={(password) => {
          if (link.methods.length > 0) go({ step: "factor", link, password });
          else void set(link, password, async () => null);
        }}
      />
    );
  const { password } = state;
  const here = link.methods.filter((one) => one !== "passkey" || passkeysPossible());
  return (
    <SecondStep
      methods={here.length > 0 ? here : link.methods}
      working={working}
      problem={problem}
      onMethod={() => go(state)}
      onPasskey={() =>
        void set(link, password, async () => {
          const options = await call("POST", "/api/recovery/:token/passkey", { params: { token } });
          return { method: "passkey", response: await askPasskey(options) };
        })
      }
      onCode={(method, code) => void set(link, password, async () => ({ method, code }))}
      onBack={() => go({ step: "password", link })}
    />
  );
}
