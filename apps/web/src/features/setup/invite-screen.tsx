import { useEffect, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { navigate, useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { Waiting } from "../../ui/progress.tsx";
import { InviteView, type Invitation } from "./invite-view.tsx";
import { LinkInvalid } from "./link-invalid.tsx";

export function InviteScreen(): ReactNode {
  const t = useWords("setup");
  const account = useWords("account");
  const lang = useLanguage();
  const token = useParam("token");
  const [invitation, setInvitation] = useState<Invitation | undefined>(undefined);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);
  usePageTitle(t("invite.submit"));

  useEffect(() => {
    call("GET", "/api/invitations/:token", { params: { token } }).then(setInvitation, (error: unknown) => {
      const known = ["invitation_invalid", "bad_request", "not_found"].includes(codeOf(error) ?? "");
      setRefused(known ? t("invite.invalid") : problemText(account, error));
    });
  }, [token, t, account]);

  const submit = async (displayName: string, password: string) => {
    setWorking(true);
    setProblem(undefined);
    try {
      await call("POST", "/api/invitations/:token", {
        params: { token },
        body: { displayName, password, locale: lang },
      });
      navigate("/", { replace: true });
    } catch (error) {
      if (codeOf(error) === "invitation_invalid") setRefused(t("invite.invalid"));
      else setProblem(problemText(account, error));
    } finally {
      setWorking(false);
    }
  };
  if (refused !== undefined) return <LinkInvalid title={account("product")}>{refused}</LinkInvalid>;
  if (invitation === undefined) return <Waiting>{t("checking")}</Waiting>;
  return (
    <InviteView
      invitation={invitation}
      working={working}
      problem={problem}
      onSubmit={(name, password) => void submit(name, password)}
    />
  );
}
