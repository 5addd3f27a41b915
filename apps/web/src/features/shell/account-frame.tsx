import type { Me } from "@sekisho/contract";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, useRef, useState, type ReactNode } from "react";
import { Redirect, useLocation } from "wouter";
import { call } from "../../api/client.ts";
import { LoadProblem } from "../../app-shell/load-state.tsx";
import { hasBarriers, MeContext } from "../../app-shell/me.ts";
import { codeOf } from "../../app-shell/problem.ts";
import { updatePage, watchPage } from "../../app-shell/page-update.ts";
import { queryClient } from "../../app-shell/queries.ts";
import { rememberReturn } from "../../app-shell/return-path.ts";
import { TooOld } from "../../app-shell/too-old.tsx";
import { UpdateDialog } from "../../app-shell/update-dialog.tsx";
import { UpdateNotice } from "../../app-shell/update-notice.tsx";
import { loadWords } from "../../i18n/words.ts";
import { NotFound } from "../../routes.ts";
import { Toasts } from "../../ui/toast.tsx";
import { Frame, type Area } from "../../app-shell/frame.tsx";

/** Stands alone, whatever page was asked for (IDN-2). */
const SetUpScreen = lazy(async () => {
  const [screen] = await Promise.all([
    import("../../app-shell/second-factor/set-up-screen.tsx"),
    loadWords("second-factor"),
  ]);
  return { default: screen.SetUpScreen };
});

export function AccountFrame({ children }: { children: ReactNode }): ReactNode {
  return (
    <QueryClientProvider client={queryClient}>
      <WithMe>{children}</WithMe>
      <Toasts />
    </QueryClientProvider>
  );
}

function WithMe({ children }: { children: ReactNode }): ReactNode {
  const [path] = useLocation();
  const me = useQuery({ queryKey: ["me"], queryFn: () => call("GET", "/api/me"), staleTime: 60_000 });
  const signedOut = ["sign_in_required", "not_signed_in"].includes(codeOf(me.error) ?? "");
  useEffect(() => {
    if (signedOut) rememberReturn(path);
  }, [signedOut, path]);
  if (codeOf(me.error) === "second_factor_needed")
    return (
      <Suspense>
        <SetUpScreen onDone={() => void me.refetch()} />
      </Suspense>
    );
  if (codeOf(me.error) === "client_too_old") return <TooOld onUpdate={updatePage} />;
  if (signedOut) return <Redirect to="/signin" replace />;
  if (me.isError) return <LoadProblem error={me.error} retry={() => void me.refetch()} />;
  if (me.data === undefined) return null;
  return <Signed me={me.data} path={path} screen={children} />;
}

/** A new page starts at its top, and the reader of a screen reader in it. */
function useFreshStart(path: string): void {
  const first = useRef(true);
  useEffect(() => {
    if (first.current) {
      first.current = false;
      return;
    }
    window.scrollTo(0, 0);
    document.querySelector<HTMLElement>("#main")?.focus({ preventScroll: true });
  }, [path]);
}

function Signed({ me, path, screen }: { me: Me; path: string; screen: ReactNode }): ReactNode {
  useFreshStart(path);
  useEffect(watchPage, []);
  const [checking, setChecking] = useState(false);
  const isAdmin = me.role !== "member";
  // Looks like an address that does not exist; the server refuses the data in any case.
  const barriers = hasBarriers(me);
  const isOwner = me.role === "owner";
  const isAuditor = isOwner || me.duties.includes("auditor");
  const hidden =
    (path.startsWith("/admin") && !isAdmin) ||
    (/^\/admin\/(?:integrations|signin)/u.test(path) && !isOwner) ||
    (path.startsWith("/barriers") && !barriers) ||
    (path.startsWith("/audit") && !isAuditor);
  return (
    <MeContext value={me}>
      <Frame
        name={me.displayName}
        organisation={me.organisation.name}
        isAdmin={isAdmin}
        isOwner={isOwner}
        hasBarriers={barriers}
        isAuditor={isAuditor}
        area={areaOf(path)}
        onCheckUpdate={() => setChecking(true)}
        notice={<UpdateNotice />}
      >
        <Suspense>{hidden ? <NotFound /> : screen}</Suspense>
      </Frame>
      {checking && <UpdateDialog onClose={() => setChecking(false)} />}
    </MeContext>
  );
}

function areaOf(path: string): Area {
  if (path.startsWith("/admin/users")) return "people";
  if (path.startsWith("/admin/organisation")) return "organisation";
  if (path.startsWith("/admin/signin")) return "signIn";
  if (path.startsWith("/admin/integrations")) return "integrations";
  if (path.startsWith("/admin/outbox")) return "outbox";
  if (path.startsWith("/admin/posture")) return "posture";
  if (path.startsWith("/barriers")) return "barriers";
  if (path.startsWith("/audit")) return "audit";
  if (path.startsWith("/me/") || path === "/me") return "settings";
  return "meetings";
}
