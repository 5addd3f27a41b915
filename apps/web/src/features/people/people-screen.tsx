import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useMe } from "../../app-shell/me.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { HandedLink, type Handed } from "./handed-link.tsx";
import { InviteDialog, type NewInvitation } from "./invite-dialog.tsx";
import { PeopleView } from "./people-view.tsx";
import { PersonDialog, type Decision } from "./person-dialog.tsx";

export function PeopleScreen(): ReactNode {
  const t = useWords("people");
  const account = useWords("account");
  const me = useMe();
  const client = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const [made, setMade] = useState<{ invitation: NewInvitation; url: string; expiresAt: number } | undefined>(
    undefined,
  );
  const [decision, setDecision] = useState<Decision | undefined>(undefined);
  const [handed, setHanded] = useState<Handed | undefined>(undefined);
  const { run, dialog } = useConfirmed();
  usePageTitle(t("title"));
  const list = useQuery({ queryKey: ["accounts"], queryFn: () => call("GET", "/api/accounts") });
  const refresh = () => client.invalidateQueries({ queryKey: ["accounts"] });

  const invite = useMutation({
    mutationFn: (body: NewInvitation) => call("POST", "/api/accounts/invitations", { body }),
    onSuccess: (answer, invitation) => {
      setMade({ invitation, url: answer.url, expiresAt: answer.invitation.expiresAt });
      void refresh();
    },
  });
  const decide = useMutation({
    mutationFn: async (what: Decision) => {
      if (what.kind === "revoke")
        await call("DELETE", "/api/accounts/invitations/:invitationId", {
          params: { invitationId: what.id },
        });
      else if (what.kind === "reset")
        await run(() =>
          call("DELETE", "/api/accounts/:accountId/second-factor", { params: { accountId: what.id } }),
        );
      else if (what.kind === "link") {
        const params = { accountId: what.id };
        await run(async () => {
          const made = await call("POST", "/api/accounts/:accountId/recovery-link", { params });
          setHanded({ ...made, name: what.name });
        });
      } else
        await call("PATCH", "/api/accounts/:accountId", {
          params: { accountId: what.id },
          body: changeOf(what),
        });
    },
    onSuccess: (_answer, what) => {
      setDecision(undefined);
      if (what.kind !== "link") toast(doneText(t, what));
      void refresh();
    },
  });
  const ask = (what: Decision) => {
    decide.reset();
    // Giving access back loses nothing, so it asks nothing.
    if (what.kind === "enable") decide.mutate(what);
    else setDecision(what);
  };
  return (
    <Loaded query={list}>
      {({ accounts, invitations }) => (
        <>
          <PeopleView
            accounts={accounts}
            invitations={invitations}
            me={me}
            onInvite={() => setInviting(true)}
            onDecide={ask}
          />
          {inviting && (
            <InviteDialog
              made={made}
              canMakeOwner={me.role === "owner"}
              working={invite.isPending}
              problem={invite.error === null ? undefined : problemText(account, invite.error)}
              onSubmit={(body) => invite.mutate(body)}
              onClose={() => {
                setInviting(false);
                setMade(undefined);
                invite.reset();
              }}
            />
          )}
          {decision !== undefined && (
            <PersonDialog
              decision={decision}
              canMakeOwner={me.role === "owner"}
              working={decide.isPending}
              problem={decide.error === null ? undefined : problemText(account, decide.error)}
              onConfirm={(what) => decide.mutate(what)}
              onClose={() => setDecision(undefined)}
            />
          )}
          {handed !== undefined && <HandedLink handed={handed} onClose={() => setHanded(undefined)} />}
          {dialog}
        </>
      )}
    </Loaded>
  );
}

function changeOf(what: Exclude<Decision, { kind: "revoke" | "reset" | "link" }>) {
  if (what.kind === "role") return { role: what.role };
  return what.kind === "duties" ? { duties: [...what.duties] } : { disabled: what.kind === "disable" };
}

function doneText(t: ReturnType<typeof useWords<"people">>, what: Decision): string {
  if (what.kind === "revoke") return t("revoke.done");
  if (what.kind === "reset") return t("reset.done", { name: what.name });
  if (what.kind === "role") return t("role.done", { name: what.name });
  if (what.kind === "duties") return t("duties.done", { name: what.name });
  return t(what.kind === "disable" ? "disabled.done" : "enabled.done", { name: what.name });
}
