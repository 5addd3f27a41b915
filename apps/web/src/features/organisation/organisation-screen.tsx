import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Stack } from "../../ui/page.tsx";
import { toast } from "../../ui/toast.tsx";
import { FactSheetTextsPart } from "./fact-sheet-texts.tsx";
import { FactorRule } from "./factor-rule.tsx";
import { ClassesLink } from "./classes-link.tsx";
import { DecidedTable } from "./decided-table.tsx";
import { OrganisationView, type Organisation } from "./organisation-view.tsx";

/** `/admin/organisation`, for administrators and owners. */
export function OrganisationScreen(): ReactNode {
  const t = useWords("organisation");
  const account = useWords("account");
  const client = useQueryClient();
  usePageTitle(t("title"));
  const organisation = useQuery({
    queryKey: ["organisation"],
    queryFn: () => call("GET", "/api/organisation"),
  });
  const save = useMutation({
    mutationFn: (body: Organisation) => call("PUT", "/api/organisation", { body }),
    onSuccess: (saved) => {
      client.setQueryData(["organisation"], saved);
      // The name stands in the frame; what a draft comes to may have changed.
      void client.invalidateQueries({ queryKey: ["me"] });
      void client.invalidateQueries({ queryKey: ["preview"] });
      void client.invalidateQueries({ queryKey: ["settings"] });
      void client.invalidateQueries({ queryKey: ["organisation", "decided"] });
      toast(t("saved"));
    },
  });
  const decided = useQuery({
    queryKey: ["organisation", "decided"],
    queryFn: () => call("GET", "/api/organisation/settings"),
  });
  return (
    <Loaded query={organisation}>
      {(data) => (
        <Stack>
          <OrganisationView
            organisation={data}
            working={save.isPending}
            problem={save.error === null ? undefined : problemText(account, save.error)}
            onSave={(next) => save.mutate(next)}
          />
          <FactSheetTextsPart />
          <ClassesLink />
          <FactorRule />
          <Loaded query={decided}>{({ rows }) => <DecidedTable rows={rows} />}</Loaded>
        </Stack>
      )}
    </Loaded>
  );
}
