import type { ClassesForHosts } from "@sekisho/contract";
import { useState } from "react";
import { useMe } from "../../app-shell/me.ts";
import { useChecks } from "../../app-shell/use-checks.ts";
import { useWords } from "../../i18n/words.ts";
import { withClass } from "./class-starts.ts";
import { resolve, type Draft } from "./draft.ts";
import type { FieldName, Person, ScheduleForm } from "./form-context.ts";
import { problemsOf } from "./problems.ts";
import { usePeople } from "./use-people.ts";
import { usePreview } from "./use-preview.ts";

export interface FormStart {
  readonly draft: Draft;
  readonly passcode: string | undefined;
  /** Accounts that are chosen already, with their names. */
  readonly known: readonly Person[];
  readonly classes: ClassesForHosts;
  /** The form before a class is chosen: what nobody has touched (CNF-2). */
  readonly untouched: Draft;
}

export interface FormState {
  readonly form: ScheduleForm;
  readonly dirty: boolean;
  readonly replace: (draft: Draft) => void;
}

/** The state behind both forms, new and edit. */
export function useFormState(start: FormStart): FormState {
  const t = useWords("schedule");
  const me = useMe();
  const [draft, setDraft] = useState(start.draft);
  const [passcode, setPasscode] = useState(start.passcode);
  const [now] = useState(() => Date.now());
  const [dirty, setDirty] = useState(false);
  const self = { id: me.id, displayName: me.displayName, email: me.email };
  const search = usePeople([self, ...start.known]);
  const preview = usePreview(draft);
  const checks = useChecks<FieldName>(problemsOf(t, draft, passcode, preview));
  const set = (change: Partial<Draft>) => {
    setDirty(true);
    setDraft((before) => ({ ...before, ...change }));
  };
  const form: ScheduleForm = {
    ...search,
    draft,
    set,
    chooseClass: (level) =>
      set(withClass(draft, level, { classes: start.classes, untouched: start.untouched, selfId: me.id })),
    classes: start.classes,
    before: start.untouched,
    preview,
    checks,
    resolve: (resolution) => set(resolve(resolution, me.id)),
    selfId: me.id,
    passcode,
    setPasscode,
    now,
  };
  return { form, dirty, replace: setDraft };
}
