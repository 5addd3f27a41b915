/** The form's settings while a host edits them (INV-5). Times are those of this device's own clock and zone. */
import type { RegistrationSettings } from "@sekisho/contract";

export type Question = RegistrationSettings["questions"][number];

/** As it is typed: whole numbers and times become values only when they are saved. */
export interface FormDraft extends Omit<
  RegistrationSettings,
  "opensAt" | "closesAt" | "capacity" | "domains"
> {
  /** `2026-11-24T16:00`; empty: none. */
  readonly opensAt: string;
  readonly closesAt: string;
  readonly capacity: string;
  readonly domains: string;
}

export type DraftField = "closesAt" | "capacity" | "domains" | "questions";

export function draftOf(settings: RegistrationSettings): FormDraft {
  return {
    ...settings,
    ...{ opensAt: localTime(settings.opensAt), closesAt: localTime(settings.closesAt) },
    capacity: settings.capacity === null ? "" : String(settings.capacity),
    domains: settings.domains.join(" "),
  };
}

export function settingsOf(draft: FormDraft): RegistrationSettings {
  return {
    ...draft,
    ...{ opensAt: instantOf(draft.opensAt), closesAt: instantOf(draft.closesAt) },
    capacity: draft.capacity.trim() === "" ? null : Number(draft.capacity.normalize("NFKC")),
    domains: draft.approval === "domains" ? domainsOf(draft.domains) : [],
    questions: draft.questions.map((question) => ({
      ...question,
      label: question.label.trim(),
      options: filled(question.options),
    })),
  };
}

/** What stands against saving. The server looks again. */
export function wrongFields(draft: FormDraft): ReadonlySet<DraftField> {
  const wrong = new Set<DraftField>();
  const { opensAt, closesAt, capacity, domains, questions } = settingsOf(draft);
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt) wrong.add("closesAt");
  if (capacity !== null && !(Number.isInteger(capacity) && capacity >= 1 && capacity <= 5000))
    wrong.add("capacity");
  const isDomain = (one: string) => /^[a-z0-9-]+(\.[a-z0-9-]+)+$/u.test(one);
  if (draft.approval === "domains" && (domains.length === 0 || !domains.every(isDomain)))
    wrong.add("domains");
  if (questions.some((question) => !isComplete(question))) wrong.add("questions");
  return wrong;
}

export function isComplete({ kind, label, options }: Question): boolean {
  const given = filled(options);
  const chosen = given.length >= 2 && new Set(given).size === given.length;
  return label.trim() !== "" && (kind !== "choice" || chosen);
}

function filled(options: readonly string[]): string[] {
  return options.map((one) => one.trim()).filter((one) => one !== "");
}

/** An id that no question of the form has: answers stay with their question when others go. */
export function newQuestion(questions: readonly Question[]): Question {
  const taken = new Set(questions.map((one) => one.id));
  let number = questions.length + 1;
  while (taken.has(`q${number}`)) number += 1;
  return { id: `q${number}`, kind: "short", label: "", required: false, options: [] };
}

function domainsOf(text: string): string[] {
  const typed = text
    .normalize("NFKC")
    .toLowerCase()
    .split(/[\s,、]+/u);
  return [...new Set(typed.map((one) => one.replace(/^@/u, "")).filter((one) => one !== ""))];
}

function localTime(at: number | null): string {
  if (at === null) return "";
  const date = new Date(at);
  const two = (value: number) => String(value).padStart(2, "0");
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

function instantOf(text: string): number | null {
  const at = text === "" ? Number.NaN : new Date(text).getTime();
  return Number.isNaN(at) ? null : at;
}
