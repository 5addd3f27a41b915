/** What an administrator can put right: told in one sentence, without a stack trace. */
import { fill, type Language } from "../config/start-problem.ts";
import { adminTexts, type AdminText } from "./admin-texts.ts";

export class AdminProblem extends Error {
  readonly text: AdminText;
  readonly details: Readonly<Record<string, string>>;

  constructor(text: AdminText, details: Readonly<Record<string, string>> = {}) {
    super(fill(adminTexts[text].en, details));
    this.text = text;
    this.details = details;
  }
}

export function say(
  language: Language,
  text: AdminText,
  details: Readonly<Record<string, string>> = {},
): string {
  return fill(adminTexts[text][language], details);
}
