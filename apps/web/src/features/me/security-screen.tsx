import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { rememberSignedOut } from "../../app-shell/signed-out.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { OwnFactorsSection } from "./own-factors.tsx";
import { OwnProvidersSection } from "./own-providers.tsx";
import { SecurityView } from "./security-view.tsx";

export function SecurityScreen(): ReactNode {
  const t = useWords("me");
  const account = useWords("account");
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [changed, setChanged] = useState(0);
  usePageTitle(t("tab.security"));
  const list = useQuery({ queryKey: ["sessions"], queryFn: () => call("GET", "/api/me/sessions") });
  const refresh = () => void client.invalidateQueries({ queryKey: ["sessions"] });
  const end = useMutation({
    mutationFn: (sessionId: string) =>
      call("DELETE", "/api/me/sessions/:sessionId", { params: { sessionId } }),
    onSuccess: () => toast(t("session.ended")),
    onSettled: refresh,
  });
  const endOthers = useMutation({
    mutationFn: () => call("POST", "/api/me/sessions/revoke-others"),
    onSuccess: ({ ended }) => toast(t("sessions.endedOthers", { count: ended })),
    onSettled: refresh,
  });
  const password = useMutation({
    mutationFn: (body: { current: string; next: string }) => call("PUT", "/api/me/password", { body }),
    onSuccess: () => {
      toast(t("password.done"));
      setChanged((times) => times + 1);
      refresh();
    },
  });
  const signOut = useMutation({
    mutationFn: () => call("POST", "/api/sign-out"),
    onSuccess: ({ provider }) => {
      rememberSignedOut(provider);
      client.clear();
      navigate("/signin", { replace: true });
    },
  });
  const text = (error: unknown) => (error === null ? undefined : problemText(account, error));
  return (
    <Loaded query={list}>
      {({ sessions }) => (
        <SecurityView
          sessions={sessions}
          passwordsChanged={changed}
          working={password.isPending}
          problem={text(password.error)}
          sessionProblem={text(end.error ?? endOthers.error ?? signOut.error)}
          signingOut={signOut.isPending}
          factors={(onOffer) => (
            <>
              <OwnFactorsSection onOffer={onOffer} />
              <OwnProvidersSection />
            </>
          )}
          onPassword={(current, next) => password.mutate({ current, next })}
          onEnd={(id) => end.mutate(id)}
          onEndOthers={() => endOthers.mutate()}
          onSignOut={() => signOut.mutate()}
        />
      )}
    </Loaded>
  );
}
