import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FactSheetTexts } from "@sekisho/contract";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { FactSheetTextsView } from "./fact-sheet-texts-view.tsx";

const key = ["fact-sheet"];

/** What the organisation says of itself on every fact sheet (INV-4). */
export function FactSheetTextsPart(): ReactNode {
  const t = useWords("organisation");
  const account = useWords("account");
  const client = useQueryClient();
  const texts = useQuery({ queryKey: key, queryFn: () => call("GET", "/api/organisation/fact-sheet") });
  const save = useMutation({
    mutationFn: (body: FactSheetTexts) => call("PUT", "/api/organisation/fact-sheet", { body }),
    onSuccess: (saved) => {
      client.setQueryData(key, saved);
      toast(t("sheet.saved"));
    },
  });
  return (
    <Loaded query={texts}>
      {(data) => (
        <FactSheetTextsView
          {...data}
          working={save.isPending}
          problem={save.error === null ? undefined : problemText(account, save.error)}
          onSave={(next) => save.mutate(next)}
        />
      )}
    </Loaded>
  );
}
