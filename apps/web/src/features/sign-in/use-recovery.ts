/** A link in the page: what it opens, and the new password on its way. */
import type { FactorMethod, FactorProof } from "@sekisho/contract";
import { useEffect, useState } from "react";
import { ApiError, call } from "../../api/client.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";

export type OpenedLink = { readonly email: string; readonly methods: readonly FactorMethod[] };
/** `password`: typed, and a second factor comes next. */
export type RecoveryState =
  | { readonly step: "checking" }
  | { readonly step: "done" }
  | { readonly step: "gone"; readonly text: string }
  | { readonly step: "password"; readonly link: OpenedLink }
  | { readonly step: "factor"; readonly link: OpenedLink; readonly password: string };

export function useRecovery(token: string) {
  const t = useWords("recovery");
  const account = useWords("account");
  const factorWords = useWords("second-factor");
  const [state, setState] = useState<RecoveryState>({ step: "checking" });
  const [working, setWorking] = useState(false);
  const [problem, setProblem] = useState<string | undefined>(undefined);

  useEffect(() => {
    call("GET", "/api/recovery/:token", { params: { token } }).then(
      (link) => setState({ step: "password", link }),
      (error: unknown) =>
        setState({ step: "gone", text: isGone(error) ? t("gone") : problemText(account, error) }),
    );
  }, [token, t, account]);

  async function set(link: OpenedLink, password: string, prove: () => Promise<FactorProof | null>) {
    setWorking(true);
    setProblem(undefined);
    try {
      const body = { password, proof: await prove() };
      await call("PUT", "/api/recovery/:token", { params: { token }, body });
      setState({ step: "done" });
    } catch (error) {
      if (isGone(error)) setState({ step: "gone", text: t("gone") });
      // What stands against the password is said beside the password.
      if (codeOf(error)?.startsWith("password_") === true) setState({ step: "password", link });
      setProblem(error instanceof ApiError ? problemText(account, error) : factorWords("passkey.failed"));
    } finally {
      setWorking(false);
    }
  }

  return {
    ...{ state, working, problem, set },
    go(next: RecoveryState) {
      setProblem(undefined);
      setState(next);
    },
  };
}

function isGone(error: unknown): boolean {
  return ["recovery_link_invalid", "bad_request", "not_found"].includes(codeOf(error) ?? "");
}
