import type { Registrant, RegistrationManager } from "@sekisho/contract";
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useParam } from "../../app-shell/location.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useLanguage, useWords } from "../../i18n/words.ts";
import { focusFirstError, useAfterDraw } from "../../ui/form.tsx";
import { toast } from "../../ui/toast.tsx";
import { draftOf, settingsOf, wrongFields, type FormDraft } from "./form-draft.ts";
import type { FormEditorProps } from "./form-editor.tsx";
import type { Decision } from "./registrant-table.tsx";
import { RegistrationsView, type Filter } from "./registrations-view.tsx";

const managerKey = (meetingId: string) => ["registration", meetingId];
const listKey = (meetingId: string) => ["registrations", meetingId];

/** Pages after the first are named by the last row before them. */
function firstPage(): string | null {
  return null;
}

export function RegistrationsScreen(): ReactNode {
  const meetingId = useParam("id");
  const t = useWords("registrations");
  usePageTitle(t("title"));
  const manager = useQuery({
    queryKey: managerKey(meetingId),
    queryFn: () => call("GET", "/api/meetings/:meetingId/registration", { params: { meetingId } }),
    refetchInterval: 30_000,
  });
  return (
    <Loaded query={manager}>{(found) => <Registrations meetingId={meetingId} manager={found} />}</Loaded>
  );
}

function Registrations({
  meetingId,
  manager,
}: {
  meetingId: string;
  manager: RegistrationManager;
}): ReactNode {
  const account = useWords("account");
  const lang = useLanguage();
  const client = useQueryClient();
  const [filter, setFilter] = useState<Filter>("all");
  const list = useInfiniteQuery({
    queryKey: [...listKey(meetingId), filter],
    queryFn: ({ pageParam }) =>
      call("GET", "/api/meetings/:meetingId/registrations", {
        params: { meetingId },
        query: {
          ...(filter === "all" ? {} : { state: filter }),
          ...(pageParam === null ? {} : { after: pageParam }),
        },
      }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    refetchInterval: 30_000,
  });
  const again = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: managerKey(meetingId) }),
      client.invalidateQueries({ queryKey: listKey(meetingId) }),
    ]);
  const decide = useMutation({
    mutationFn: ({ row, decision }: { row: Registrant; decision: Decision }) =>
      call("POST", "/api/meetings/:meetingId/registrations/decide", {
        params: { meetingId },
        body: { ids: [row.id], decision },
      }),
    onSettled: again,
  });
  const editor = useEditor(meetingId, manager);
  const error = decide.error ?? list.error ?? editor.error;
  return (
    <RegistrationsView
      meetingId={meetingId}
      manager={manager}
      editor={editor.props}
      filter={filter}
      onFilter={setFilter}
      rows={list.data?.pages.flatMap((page) => page.registrants)}
      more={list.hasNextPage}
      onMore={() => void list.fetchNextPage()}
      busy={decide.isPending ? decide.variables.row.id : null}
      problem={error === null ? undefined : problemText(account, error)}
      onDecide={(row, decision) => decide.mutate({ row, decision })}
      onImport={async (csv) => {
        const result = await call("POST", "/api/meetings/:meetingId/registrations/import", {
          params: { meetingId },
          body: { csv, locale: lang },
        });
        await again();
        return result;
      }}
    />
  );
}

/** The form as it is edited; what was typed stays when the page fetches what others changed. */
function useEditor(
  meetingId: string,
  manager: RegistrationManager,
): { props: FormEditorProps; error: Error | null } {
  const t = useWords("registrations");
  const client = useQueryClient();
  const [edited, setEdited] = useState<{ draft: FormDraft; version: number } | null>(null);
  const [tried, setTried] = useState(false);
  const afterDraw = useAfterDraw();
  const draft = edited?.draft ?? draftOf(manager.settings);
  const version = edited?.version ?? manager.version;
  const save = useMutation({
    mutationFn: () =>
      call("PUT", "/api/meetings/:meetingId/registration", {
        params: { meetingId },
        body: { settings: settingsOf(draft), version },
      }),
    onSuccess: (next) => {
      client.setQueryData(managerKey(meetingId), next);
      void client.invalidateQueries({ queryKey: listKey(meetingId) });
      setEdited(null);
      setTried(false);
      toast(t("saved"));
    },
  });
  return {
    error: save.error,
    props: {
      draft,
      tried,
      changed: edited !== null,
      saving: save.isPending,
      onChange: (change) => setEdited({ draft: { ...draft, ...change }, version }),
      onSave: () => {
        setTried(true);
        if (wrongFields(draft).size > 0) return afterDraw(() => focusFirstError());
        if (!save.isPending) save.mutate();
      },
      onDiscard: () => {
        setEdited(null);
        setTried(false);
        save.reset();
      },
    },
  };
}
