import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { rememberErrand } from "../../app-shell/return-path.ts";
import { useConfirmed } from "../../app-shell/second-factor/use-confirmed.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { ProvidersSection } from "./providers-section.tsx";

const key = ["own-providers"];
const path = "/api/me/providers/:providerId";

/** Tying the own account to who one is at an identity provider, and untying it; each with a fresh proof (IDN-3). */
export function OwnProvidersSection(): ReactNode {
  const t = useWords("me");
  const account = useWords("account");
  const queries = useQueryClient();
  const list = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/me/providers") });
  const { run, dialog } = useConfirmed();
  const link = useMutation({
    mutationFn: (providerId: string) => run(() => call("POST", path, { params: { providerId } })),
    onSuccess: ({ url }) => {
      rememberErrand({ kind: "link", path: "/me/security" });
      location.assign(url);
    },
  });
  const unlink = useMutation({
    mutationFn: (providerId: string) => run(() => call("DELETE", path, { params: { providerId } })),
    onSuccess: () => toast(t("providers.untied")),
    onSettled: () => void queries.invalidateQueries({ queryKey: key }),
  });
  const failed = [link.error, unlink.error].find(
    (error) => error !== null && !["confirm_first", "second_factor_needed"].includes(codeOf(error) ?? ""),
  );
  return (
    <Loaded query={list}>
      {({ providers }) => (
        <>
          {providers.length > 0 && (
            <ProvidersSection
              providers={providers}
              // Until the other page stands, too.
              leaving={link.isPending || link.isSuccess}
              working={unlink.isPending}
              problem={failed === undefined ? undefined : problemText(account, failed)}
              onLink={(id) => {
                unlink.reset();
                link.mutate(id);
              }}
              onUnlink={(id) => {
                link.reset();
                unlink.mutate(id);
              }}
            />
          )}
          {dialog}
        </>
      )}
    </Loaded>
  );
}
