import type { OrganisationClasses } from "@sekisho/contract";
import { keepPreviousData, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { toast } from "../../ui/toast.tsx";
import { ClassesView, type ClassesDraft } from "./classes-view.tsx";

const key = ["organisation", "classes"];

/** `/admin/organisation/classes`, for administrators and owners. */
export function ClassesScreen(): ReactNode {
  const t = useWords("classes");
  usePageTitle(t("title"));
  const classes = useQuery({
    queryKey: key,
    queryFn: () => call("GET", "/api/organisation/classes"),
    // What is being edited is not replaced under the hand; a newer version is said when saving.
    refetchOnWindowFocus: false,
  });
  return (
    <Loaded query={classes}>
      {(saved) => <Editor key={saved.version} saved={saved} reload={() => void classes.refetch()} />}
    </Loaded>
  );
}

function Editor({ saved, reload }: { saved: OrganisationClasses; reload: () => void }): ReactNode {
  const t = useWords("classes");
  const client = useQueryClient();
  const [draft, setDraft] = useState<ClassesDraft>({ home: saved.home, classes: saved.classes });
  const effect = useEffectOf(draft);
  const save = useMutation({
    mutationFn: () =>
      call("PUT", "/api/organisation/classes", { body: { ...draft, version: saved.version } }),
    onSuccess: (next) => {
      client.setQueryData(key, next);
      for (const queryKey of [["classes"], ["preview"], ["settings"], ["meeting"], ["organisation"]])
        void client.invalidateQueries({ queryKey, refetchType: "none" });
      toast(t("saved"));
    },
  });
  return (
    <ClassesView
      saved={saved}
      draft={draft}
      effect={effect}
      working={save.isPending}
      problem={<SaveProblem error={save.error} reload={reload} />}
      onChange={setDraft}
      onSave={() => {
        if (!save.isPending && effect?.problems.length === 0) save.mutate();
      }}
    />
  );
}

/** Pause in the changes after which the server is asked (ms). */
const PAUSE = 250;

function useEffectOf(draft: ClassesDraft) {
  const [settled, setSettled] = useState(draft);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(draft), PAUSE);
    return () => clearTimeout(timer);
  }, [draft]);
  const asked = useQuery({
    queryKey: ["class-effect", settled],
    queryFn: ({ signal }) => call("POST", "/api/organisation/classes/preview", { body: settled, signal }),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  // An answer about another draft is none.
  return settled === draft && !asked.isPlaceholderData ? asked.data : undefined;
}

function SaveProblem({ error, reload }: { error: Error | null; reload: () => void }): ReactNode {
  const t = useWords("classes");
  const account = useWords("account");
  if (error === null) return null;
  const changed = codeOf(error) === "settings_changed";
  return (
    <Note
      tone="danger"
      role="alert"
      actions={
        changed && (
          <Button size="small" onClick={reload}>
            {t("reload")}
          </Button>
        )
      }
    >
      {changed ? t("stale") : problemText(account, error)}
    </Note>
  );
}
