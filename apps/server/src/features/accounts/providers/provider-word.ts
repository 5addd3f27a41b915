/** What an identity provider has said of somebody, read from claims or attributes: its word, and no decision yet. */
import type { ProviderProblem, TrialFacts } from "@sekisho/contract";

export type ProviderWord = {
  /** Whoever it is there, for good. Together with the issuer the only thing that an account is found by. */
  readonly subject: string;
  readonly issuer: string;
  readonly email: string | null;
  /** The provider says that the address belongs to the person. */
  readonly emailVerified: boolean;
  readonly displayName: string | null;
  /** Null: nothing was said of groups. */
  readonly groups: readonly string[] | null;
  readonly primaryGroup: string | null;
  /** `acr`, `amr`, AuthnContext. */
  readonly methods: readonly string[];
  /** When the person last proved who they are there, ms since 1970 UTC; null: nothing was said. */
  readonly provedAt: number | null;
};

/** An answer that is not accepted, and why: for whoever set the provider up. */
export class ProviderFault extends Error {
  readonly problem: ProviderProblem;
  constructor(problem: ProviderProblem, cause?: unknown) {
    super(problem, { cause });
    this.problem = problem;
  }
}

/** IDN-2: whether this counts as a second factor is the organisation's word; the values are compared letter by letter. */
export function saysSecondFactor(word: ProviderWord, counted: readonly string[]): boolean {
  return word.methods.some((method) => counted.includes(method));
}

const mostGroups = 200;
const longest = 200;

/** Texts only; of lists the texts in them. Cut, since nothing of it is ours. */
export function textsOf(value: unknown): readonly string[] {
  const all: unknown[] = Array.isArray(value) ? value : [value];
  return all
    .filter((one) => typeof one === "string")
    .map((one) => one.trim().slice(0, longest))
    .filter((one) => one !== "")
    .slice(0, mostGroups);
}

export function oneText(value: unknown): string | null {
  return textsOf(value)[0] ?? null;
}

export function factsOf(word: ProviderWord, counted: readonly string[]): TrialFacts {
  return {
    subject: word.subject,
    email: word.email,
    emailVerified: word.emailVerified,
    displayName: word.displayName,
    groups: word.groups === null ? null : [...word.groups],
    primaryGroup: word.primaryGroup,
    methods: [...word.methods],
    secondFactor: saysSecondFactor(word, counted),
  };
}
