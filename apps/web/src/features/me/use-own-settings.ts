import type { OwnSettings } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { codeOf } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import type { OwnChoice } from "./server-rows.tsx";

/** The list, a choice that acts at once and can be taken back, and the confirmation of having seen it (AUD-3). */
export function useOwnSettings() {
  const t = useWords("me");
  const client = useQueryClient();
  const query = useQuery({ queryKey: ["settings"], queryFn: () => call("GET", "/api/me/settings") });
  const keep = (next: OwnSettings) => client.setQueryData(["settings"], next);
  const change = useMutation({
    mutationFn: (body: OwnChoice) => call("PATCH", "/api/me/settings", { body }),
    onSuccess: keep,
    // Somebody else may have locked it a moment ago: the page then shows so.
    onError: () => void query.refetch(),
  });
  const seen = useMutation({
    mutationFn: (stamp: string) => call("POST", "/api/me/settings/seen", { body: { stamp } }),
    onSuccess: keep,
    onError: (error) => {
      if (codeOf(error) === "settings_changed") void query.refetch();
    },
  });
  const choose = (choice: OwnChoice) => {
    const back = query.data === undefined ? undefined : undoing(query.data, choice);
    change.mutate(choice, {
      onSuccess: () => toast(t("saved"), back === undefined ? undefined : () => change.mutate(back)),
    });
  };
  return { query, choose, seen, error: change.error ?? seen.error };
}

/** What was one's own is set again; what was not follows the organisation again. */
function undoing({ rows, defaults }: OwnSettings, { set, clear }: OwnChoice): OwnChoice {
  const touched = [...keys(set), ...clear];
  const wasMine = touched.filter((id) => rows.some((row) => row.id === id && row.source === "mine"));
  return {
    set: Object.fromEntries(wasMine.map((id) => [id, defaults[id]])),
    clear: touched.filter((id) => !wasMine.includes(id)),
  };
}

function keys(set: OwnChoice["set"]): OwnChoice["clear"] {
  const all = ["confidentiality", "durationMinutes", "muteOnEntry", "hostVideo", "participantVideo"] as const;
  return all.filter((id) => set[id] !== undefined);
}
