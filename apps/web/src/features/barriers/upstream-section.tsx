import type { BarrierStatus } from "@sekisho/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { codeOf } from "../../app-shell/problem.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useWords } from "../../i18n/words.ts";
import { toast } from "../../ui/toast.tsx";
import { UpstreamDialog, type UpstreamInput } from "./upstream-dialog.tsx";
import { UpstreamView } from "./upstream-view.tsx";
import { useProblem } from "./use-problem.ts";
import { BARRIERS, renew } from "./use-barriers.ts";

/** The policy server that is asked on a schedule (BAR-10). */
export function UpstreamSection({ status }: { status: BarrierStatus }): ReactNode {
  const s = useWords("barriers-sync");
  const problem = useProblem();
  const client = useQueryClient();
  const [open, setOpen] = useState(false);
  const query = useQuery({
    queryKey: [BARRIERS, "upstream"],
    queryFn: () => call("GET", "/api/barriers/upstream"),
  });
  const save = useMutation({
    mutationFn: (body: UpstreamInput) => call("PUT", "/api/barriers/upstream", { body }),
    onSuccess: async () => {
      await renew(client);
      setOpen(false);
      toast(s("upstream.saved"));
    },
  });
  const pull = useMutation({
    mutationFn: () => call("POST", "/api/barriers/upstream/pull"),
    onSettled: () => void renew(client),
  });
  return (
    <Loaded query={query}>
      {({ upstream }) => (
        <>
          <UpstreamView
            upstream={upstream}
            mayEdit={status.mayEdit}
            pulling={pull.isPending}
            pulled={pull.data}
            problem={problem(pull.error)}
            onEdit={() => {
              save.reset();
              setOpen(true);
            }}
            onPull={() => pull.mutate()}
          />
          {open && (
            <UpstreamDialog
              upstream={upstream}
              working={save.isPending}
              problem={problem(save.error)}
              mustConfirm={codeOf(save.error) === "confirm_not_fresh"}
              onSave={(input) => save.mutate(input)}
              onClose={() => setOpen(false)}
            />
          )}
        </>
      )}
    </Loaded>
  );
}
