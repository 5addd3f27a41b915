import type { MeetingDetail, MeetingInput, MeetingPreview } from "@sekisho/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { focusFirstError } from "../../ui/form.tsx";
import { toInput } from "./draft.ts";
import type { ScheduleForm } from "./form-context.ts";
import { previewOf } from "./use-preview.ts";

export interface Save {
  readonly submit: () => void;
  readonly working: boolean;
  readonly done: boolean;
  readonly error: unknown;
}

export interface SaveSteps {
  readonly send: (meeting: MeetingInput) => Promise<MeetingDetail>;
  readonly onSaved: (meeting: MeetingDetail) => void;
}

/**
 * The press of the form's button. It never comes to nothing: what the server says of the settings may not have arrived
 * yet, or may be of the draft before this one, so it is asked about this very draft first (CNF-4).
 */
export function useSave(form: ScheduleForm, { send, onSaved }: SaveSteps): Save {
  const client = useQueryClient();
  const [stopped, setStopped] = useState(false);
  const save = useMutation({
    mutationFn: async () => {
      const meeting = toInput(form.draft);
      if (meeting === undefined) throw new Error("no class");
      const preview = await client.fetchQuery({ ...previewOf(form.draft), staleTime: 5000 });
      return isWrong(preview) ? undefined : send(meeting);
    },
    onSuccess: (meeting) => {
      if (meeting === undefined) setStopped(true);
      else onSaved(meeting);
    },
  });
  const { preview, checks } = form;
  useEffect(() => {
    if (!stopped || !isWrong(preview)) return;
    setStopped(false);
    if (checks.pass()) focusWrong();
  }, [stopped, preview, checks]);
  return {
    submit: () => {
      if (checks.pass() && !save.isPending) save.mutate();
    },
    working: save.isPending,
    done: save.isSuccess && save.data !== undefined,
    error: save.error,
  };
}

function isWrong(preview: MeetingPreview | undefined): boolean {
  if (preview === undefined) return false;
  return preview.contradictions.length > 0 || preview.startsInPast || preview.recurrenceProblem !== null;
}

/** To the first field that complains, or else to the first way out of a contradiction. */
export function focusWrong(): void {
  if (document.querySelector('[aria-invalid="true"], [data-error]') !== null) return focusFirstError();
  const way = document.querySelector<HTMLElement>('[role="alert"] button');
  way?.focus();
  way?.scrollIntoView({ block: "center" });
}
