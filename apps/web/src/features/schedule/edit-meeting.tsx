import type { ClassesForHosts, MeetingDetail } from "@sekisho/contract";
import { useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { call } from "../../api/client.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { toast } from "../../ui/toast.tsx";
import { draftOf } from "./draft.ts";
import { LeaveDialog } from "./leave-dialog.tsx";
import { ScheduleView } from "./schedule-view.tsx";
import { useFormState } from "./use-form-state.ts";
import { useLeaveGuard } from "../../app-shell/use-leave-guard.ts";
import { useSave } from "./use-save.ts";

export interface EditMeetingProps {
  meeting: MeetingDetail;
  settings: NonNullable<MeetingDetail["settings"]>;
  classes: ClassesForHosts;
  reload: () => void;
}

export function EditMeeting({ meeting, settings, classes, reload }: EditMeetingProps): ReactNode {
  const t = useWords("schedule");
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const people = [...meeting.coHosts, ...(meeting.verifier === null ? [] : [meeting.verifier])];
  const known = people.map((person) => ({ ...person, email: "" }));
  const draft = draftOf(settings);
  const { form, dirty } = useFormState({
    ...{ draft, passcode: undefined, known, classes },
    // Everything in a meeting that exists counts as chosen.
    untouched: draft,
  });
  const back = `/meetings/${meeting.id}`;

  const save = useSave(form, {
    send: (input) =>
      call("PUT", "/api/meetings/:meetingId", {
        params: { meetingId: meeting.id },
        body: { meeting: input, version: meeting.version },
      }),
    onSaved: (next) => {
      client.setQueryData(["meeting", meeting.id], next);
      void client.invalidateQueries({ queryKey: ["meetings"] });
      toast(t("saved"));
      navigate(back);
    },
  });
  const guard = useLeaveGuard(dirty && !save.done);
  return (
    <>
      <ScheduleView
        form={form}
        editing
        live={meeting.status === "live"}
        working={save.working}
        problem={<SaveProblem error={save.error} reload={reload} />}
        onDropDraft={undefined}
        onSubmit={save.submit}
        onCancel={() => (dirty ? guard.ask(back) : navigate(back))}
      />
      {guard.wanted !== undefined && (
        <LeaveDialog
          onStay={guard.stay}
          onDiscard={() => navigate(guard.wanted ?? back)}
          onSave={() => {
            guard.stay();
            save.submit();
          }}
        />
      )}
    </>
  );
}

function SaveProblem({ error, reload }: { error: unknown; reload: () => void }): ReactNode {
  const t = useWords("schedule");
  const account = useWords("account");
  if (error === null) return null;
  const changed = codeOf(error) === "meeting_changed";
  return (
    <Note
      tone="danger"
      role="alert"
      actions={
        changed && (
          <Button size="small" onClick={reload}>
            {t("changed.reload")}
          </Button>
        )
      }
    >
      {changed ? t("changed") : problemText(account, error)}
    </Note>
  );
}
