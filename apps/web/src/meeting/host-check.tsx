/** The check before the start, for a host at the door (CNF-6). Guests never load it. */
import ListChecks from "lucide-react/icons/list-checks";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { call } from "../api/client.ts";
import { Loaded } from "../app-shell/load-state.tsx";
import { queryClient } from "../app-shell/queries.ts";
import { Preflight } from "../features/meeting-detail/preflight.tsx";
import { useWords } from "../i18n/words.ts";
import { Button, buttonClass } from "../ui/button.tsx";
import { Dialog } from "../ui/dialog.tsx";
import { Note } from "../ui/note.tsx";

export function HostCheck({ meetingId, riskOpen }: { meetingId: string; riskOpen: boolean }): ReactNode {
  const t = useWords("meeting-detail");
  const [open, setOpen] = useState(false);
  if (riskOpen) return <RiskNote href={`/meetings/${meetingId}/edit`} />;
  return (
    <div>
      <Button icon={<ListChecks />} onClick={() => setOpen(true)}>
        {t("check")}
      </Button>
      {open && (
        <Dialog title={t("check")} size="wide" closable onClose={() => setOpen(false)}>
          <QueryClientProvider client={queryClient}>
            <Check meetingId={meetingId} />
          </QueryClientProvider>
        </Dialog>
      )}
    </div>
  );
}

/** The one thing to do here before it can begin (CNF-1). */
export function RiskNote({ href }: { href: string }): ReactNode {
  const t = useWords("meeting-detail");
  return (
    <Note
      tone="warn"
      title={t("risk.title")}
      actions={
        <a className={buttonClass()} href={href}>
          {t("risk.edit")}
        </a>
      }
    >
      {t("risk.text")}
    </Note>
  );
}

function Check({ meetingId }: { meetingId: string }): ReactNode {
  const meeting = useQuery({
    queryKey: ["meeting", meetingId],
    queryFn: () => call("GET", "/api/meetings/:meetingId", { params: { meetingId } }),
  });
  return <Loaded query={meeting}>{(one) => <Preflight meeting={one} bare />}</Loaded>;
}
