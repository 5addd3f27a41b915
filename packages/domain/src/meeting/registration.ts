/** Pre-registration of one meeting (INV-5): who gets a place, who waits for one, and when the form is open. Pure. */

/**
 * `unconfirmed`: nobody has shown yet that the address is theirs; counts for nothing and is forgotten after a day.
 * `pending`: waits for the host's word. `waitlisted`: waits for a place. `declined`: turned down or taken back by a host.
 */
export const registrationStates = [
  "unconfirmed",
  "pending",
  "registered",
  "waitlisted",
  "declined",
  "cancelled",
] as const;
export type RegistrationState = (typeof registrationStates)[number];

export type RegistrationQuestion = {
  readonly id: string;
  readonly kind: "short" | "long" | "choice";
  readonly label: string;
  readonly required: boolean;
  /** Only for `choice`. */
  readonly options: readonly string[];
};

export type RegistrationRules = {
  readonly questions: readonly RegistrationQuestion[];
  /** ms since 1970 UTC; null: from the beginning, up to the end of the meeting. */
  readonly opensAt: number | null;
  readonly closesAt: number | null;
  /** Null: no limit. */
  readonly capacity: number | null;
  readonly waitingList: boolean;
  /** `domains`: addresses at these domains get a place at once, everybody else waits for the host's word. */
  readonly approval: "automatic" | "manual" | "domains";
  readonly domains: readonly string[];
  /** The host's own words above the form. */
  readonly note: string;
};

/** What a host finds who has chosen nothing: everybody who proves an address is registered. */
export const plainRegistration: RegistrationRules = {
  questions: [],
  opensAt: null,
  closesAt: null,
  capacity: null,
  waitingList: true,
  approval: "automatic",
  domains: [],
  note: "",
};

export type FormState = "notYet" | "open" | "closed" | "full";

type Limits = Pick<RegistrationRules, "capacity" | "waitingList">;

/** `taken`: how many are registered now. */
export function formStateAt(rules: RegistrationRules, now: number, taken: number): FormState {
  if (rules.opensAt !== null && now < rules.opensAt) return "notYet";
  if (rules.closesAt !== null && now >= rules.closesAt) return "closed";
  return placeFor(rules, taken) === "full" ? "full" : "open";
}

/** Where the next one goes. */
export function placeFor(
  { capacity, waitingList }: Limits,
  taken: number,
): "registered" | "waitlisted" | "full" {
  if (capacity === null || taken < capacity) return "registered";
  return waitingList ? "waitlisted" : "full";
}

/** How many of those who wait move up. */
export function movesUp({ capacity }: Limits, taken: number, waiting: number): number {
  return capacity === null ? waiting : Math.max(0, Math.min(waiting, capacity - taken));
}

/** The domain of a proved address, in its ASCII form, whole: `mail.a.example` is not `a.example`. */
export function needsApproval({ approval, domains }: RegistrationRules, domain: string): boolean {
  return approval === "manual" || (approval === "domains" && !domains.includes(domain));
}

export type Answer = { readonly id: string; readonly text: string };

/** The ids of questions that are not answered as they have to be; an answer to no question is one, too. */
export function wrongAnswers(
  questions: readonly RegistrationQuestion[],
  answers: readonly Answer[],
): readonly string[] {
  const given = new Map(answers.map((one) => [one.id, one.text.trim()]));
  const known = new Set(questions.map((one) => one.id));
  const stray = answers.map((one) => one.id).filter((id) => !known.has(id));
  const wrong = questions.filter((question) => !isAnswer(question, given.get(question.id) ?? ""));
  const twice = given.size < answers.length ? answers.map((one) => one.id) : [];
  return [...new Set([...wrong.map((one) => one.id), ...stray, ...twice])];
}

const longest = { short: 200, long: 2000, choice: 100 } as const;

function isAnswer({ kind, required, options }: RegistrationQuestion, text: string): boolean {
  if (text === "") return !required;
  if (text.length > longest[kind]) return false;
  if (kind === "choice") return options.includes(text);
  return kind === "long" || !/[\r\n\u2028\u2029]/u.test(text);
}
