import type { ClassesForHosts, OwnSettings } from "@sekisho/contract";
import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState, type ReactNode } from "react";
import { useLocation } from "wouter";
import { call } from "../../api/client.ts";
import { useMe } from "../../app-shell/me.ts";
import { problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";
import { toast } from "../../ui/toast.tsx";
import { withClass } from "./class-starts.ts";
import { newDraft } from "./draft.ts";
import { makePasscode } from "./passcode.ts";
import { ScheduleView } from "./schedule-view.tsx";
import { dropDraft, readDraft, storeDraft } from "./stored-draft.ts";
import { useFormState } from "./use-form-state.ts";
import { useSave } from "./use-save.ts";

export interface NewMeetingProps {
  settings: OwnSettings;
  classes: ClassesForHosts;
}

export function NewMeeting({ settings, classes }: NewMeetingProps): ReactNode {
  const t = useWords("schedule");
  const account = useWords("account");
  const me = useMe();
  const { timeZone } = useUiLocale();
  const client = useQueryClient();
  const [, navigate] = useLocation();
  const [untouched] = useState(() => newDraft(settings, Date.now(), timeZone));
  const level = untouched.confidentiality;
  // The organisation's default class is a class that was chosen: it brings what its meetings start with.
  const [fresh] = useState(() =>
    level === undefined
      ? untouched
      : withClass({ ...untouched, confidentiality: undefined }, level, { classes, untouched, selfId: me.id }),
  );
  const [stored, setStored] = useState(() => readDraft(me.id, fresh, Date.now()));
  const [passcode] = useState(makePasscode);
  const { form, dirty, replace } = useFormState({
    ...{ draft: stored ?? fresh, passcode, known: [] },
    ...{ classes, untouched },
  });
  const { draft } = form;
  useEffect(() => {
    if (dirty) storeDraft(me.id, draft, Date.now());
  }, [dirty, draft, me.id]);

  const save = useSave(form, {
    send: async (meeting) => {
      const own = draft.passcodeRequired ? (form.passcode ?? null) : null;
      return (await call("POST", "/api/meetings", { body: { meeting, passcode: own } })).meeting;
    },
    onSaved: (meeting) => {
      dropDraft();
      client.setQueryData(["meeting", meeting.id], meeting);
      void client.invalidateQueries({ queryKey: ["meetings"] });
      toast(t("done"));
      navigate(`/meetings/${meeting.id}`, { replace: true });
    },
  });
  return (
    <ScheduleView
      form={form}
      editing={false}
      working={save.working}
      problem={
        save.error !== null && (
          <Note tone="danger" role="alert">
            {problemText(account, save.error)}
          </Note>
        )
      }
      onDropDraft={
        stored === undefined
          ? undefined
          : () => {
              dropDraft();
              setStored(undefined);
              replace(fresh);
            }
      }
      onSubmit={save.submit}
      onCancel={() => {
        dropDraft();
        navigate("/");
      }}
    />
  );
}
