/** The form as it is filled in, what is missing in it, and what an answer of the server means. */
import type { RegistrationForm, RegistrationInput } from "@sekisho/contract";
import type { ApiFailure } from "../../api/client.ts";

export interface RegistrationValues {
  readonly name: string;
  readonly organisation: string;
  readonly email: string;
  /** By the question's id. */
  readonly answers: Readonly<Record<string, string>>;
}

export const emptyValues: RegistrationValues = { name: "", organisation: "", email: "", answers: {} };

/** `answers.q1` for the question with the id `q1`. */
export type RegistrationField = "name" | "organisation" | "email" | `answers.${string}`;
export type FieldError = "missing" | "notAccepted";
export type FieldErrors = Readonly<Partial<Record<RegistrationField, FieldError>>>;

/** What can be seen without asking the server. The server asks again. */
export function gapsOf(
  values: RegistrationValues,
  { questions }: Pick<RegistrationForm, "questions">,
): FieldErrors {
  const gaps: Partial<Record<RegistrationField, FieldError>> = {};
  if (values.name.trim() === "") gaps.name = "missing";
  if (values.email.trim() === "") gaps.email = "missing";
  else if (!/^[^\s@]+@[^\s@]+$/u.test(values.email.normalize("NFKC").trim())) gaps.email = "notAccepted";
  for (const { id, required } of questions)
    if (required && (values.answers[id] ?? "").trim() === "") gaps[`answers.${id}`] = "missing";
  return gaps;
}

export function inputOf(
  values: RegistrationValues,
  { questions }: Pick<RegistrationForm, "questions">,
  locale: "ja" | "en",
): RegistrationInput {
  const answers = questions.map(({ id }) => ({ id, text: (values.answers[id] ?? "").trim() }));
  return {
    ...{ name: values.name.trim(), organisation: values.organisation.trim(), email: values.email.trim() },
    answers: answers.filter((one) => one.text !== ""),
    locale,
  };
}

export type FormProblem =
  | { readonly kind: "fields"; readonly errors: FieldErrors }
  | { readonly kind: "wait"; readonly until: number }
  | { readonly kind: "failed" };

/** Null: the form is not open any more, and the page says so once it has asked again. */
export function problemOf({ code, fields, retryAfter }: ApiFailure, now: number): FormProblem | null {
  switch (code) {
    case "bad_request": {
      const errors: Partial<Record<RegistrationField, FieldError>> = {};
      for (const field of fields) if (isField(field)) errors[field] = "notAccepted";
      return Object.keys(errors).length === 0 ? { kind: "failed" } : { kind: "fields", errors };
    }
    case "too_many_tries":
    case "busy":
      return { kind: "wait", until: now + (retryAfter ?? 30) * 1000 };
    case "registration_closed":
    case "registration_full":
    case "not_found":
      return null;
    default:
      return { kind: "failed" };
  }
}

function isField(path: string): path is RegistrationField {
  return path === "name" || path === "organisation" || path === "email" || path.startsWith("answers.");
}
