import type { ClassesForHosts, MeetingPreview } from "@sekisho/contract";
import { createContext, useContext } from "react";
import type { Checks } from "../../app-shell/use-checks.ts";
import type { Draft, Level, Resolution, SetDraft } from "./draft.ts";

export type FieldName = "level" | "risk" | "topic" | "start" | "duration" | "passcode" | "domains" | "repeat";

export interface Person {
  readonly id: string;
  readonly displayName: string;
  readonly email: string;
}

/** What every part of the form reads; one object, so that parts stay small. */
export interface ScheduleForm {
  readonly draft: Draft;
  readonly set: SetDraft;
  /** Another class, with what its meetings start with (CNF-2). */
  readonly chooseClass: (level: Level) => void;
  readonly classes: ClassesForHosts;
  /** As it was before anybody touched it: of a meeting that exists, what is saved. */
  readonly before: Draft;
  readonly preview: MeetingPreview | undefined;
  readonly checks: Checks<FieldName>;
  readonly resolve: (resolution: Resolution) => void;
  /** What the search found, and how to search. */
  readonly people: readonly Person[];
  readonly onSearch: (text: string) => void;
  /** Names of accounts that are chosen already, by id. */
  readonly nameOf: (accountId: string) => string;
  /** The address belongs to an account of the organisation, as far as the searches so far can tell. */
  readonly isColleague: (email: string) => boolean;
  readonly selfId: string;
  /** Undefined while a meeting is being edited: its passcode is changed on its own page. */
  readonly passcode: string | undefined;
  readonly setPasscode: (code: string) => void;
  readonly now: number;
}

export const ScheduleContext = createContext<ScheduleForm | undefined>(undefined);

export function useForm(): ScheduleForm {
  const form = useContext(ScheduleContext);
  if (form === undefined) throw new Error("outside the schedule form");
  return form;
}
