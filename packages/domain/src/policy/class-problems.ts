/** What stands against an organisation's classes before they are saved (CNF-2, CNF-4). */
import { highFloor, type Classes, type ClassRules } from "./presets.ts";
import {
  chains,
  confidentialities,
  openness,
  policyFields,
  type Confidentiality,
  type PolicyField,
  type PolicyValues,
} from "./values.ts";

export const classProblemCodes = [
  /** High without E2EE, waiting room or verification is not high (002, 5.1). */
  "below_floor",
  /** A lower class holds the field harder than this one. */
  "higher_class_is_opener",
  /** What a new meeting starts with is what the class itself forbids. */
  "default_beyond_lock",
  "waiting_room_needed_for_verifier",
  "nothing_guards_the_link",
  /** No meeting of the class could be saved on this server. */
  "e2ee_not_available",
  "proof_without_mail",
] as const;

export type ClassProblem = {
  readonly level: Confidentiality;
  readonly code: (typeof classProblemCodes)[number];
  readonly field: PolicyField;
};

export function classProblems(
  classes: Classes,
  server: { readonly e2ee: boolean; readonly mail: boolean },
): readonly ClassProblem[] {
  return [
    ...floorProblems(classes.high),
    // First what cannot be at all: locking a higher class alike would only spread it.
    ...impossible("medium", classes.medium, server),
    ...impossible("low", classes.low, server),
    ...confidentialities.flatMap((level) => [
      ...orderProblems(level, classes),
      ...defaultProblems(level, classes[level]),
      ...lockProblems(level, classes[level]),
    ]),
  ];
}

function floorProblems({ locks }: ClassRules): readonly ClassProblem[] {
  return policyFields
    .filter((field) => isOpener(field, locks, highFloor))
    .map((field) => ({ level: "high", code: "below_floor", field }));
}

/** The order of the classes is what people rely on when they choose one. */
function orderProblems(level: Confidentiality, classes: Classes): readonly ClassProblem[] {
  const lower = confidentialities.slice(confidentialities.indexOf(level) + 1);
  return policyFields
    .filter((field) => lower.some((other) => isOpener(field, classes[level].locks, classes[other].locks)))
    .map((field) => ({ level, code: "higher_class_is_opener", field }));
}

function defaultProblems(level: Confidentiality, { locks, defaults }: ClassRules): readonly ClassProblem[] {
  return policyFields
    .filter((field) => Object.hasOwn(defaults, field) && isOpener(field, defaults, locks))
    .map((field) => ({ level, code: "default_beyond_lock", field }));
}

function lockProblems(level: Confidentiality, { locks, defaults }: ClassRules): readonly ClassProblem[] {
  if (locks.verifierRequired === true && locks.waitingRoom !== true)
    return [{ level, code: "waiting_room_needed_for_verifier", field: "waitingRoom" }];
  const starts = { ...defaults, ...locks };
  const unguarded =
    starts.passcodeRequired === false &&
    starts.waitingRoom === false &&
    (starts.whoMayJoin ?? "anyoneWithLink") === "anyoneWithLink" &&
    starts.registration !== "required";
  return unguarded ? [{ level, code: "nothing_guards_the_link", field: "passcodeRequired" }] : [];
}

function impossible(
  level: Confidentiality,
  { locks, defaults }: ClassRules,
  server: { readonly e2ee: boolean; readonly mail: boolean },
): readonly ClassProblem[] {
  const wanted = [locks, defaults];
  const e2ee = !server.e2ee && wanted.some(({ encryption }) => encryption === "e2ee");
  const proof = !server.mail && wanted.some(({ guestProof }) => guestProof === "address");
  return [
    ...(e2ee ? [{ level, code: "e2ee_not_available", field: "encryption" } as const] : []),
    ...(proof ? [{ level, code: "proof_without_mail", field: "guestProof" } as const] : []),
  ];
}

/** What is not named is as open as the field can be. */
function isOpener<F extends PolicyField>(
  field: F,
  a: Partial<PolicyValues>,
  b: Partial<PolicyValues>,
): boolean {
  const most = chains[field].length - 1;
  const of = (value: PolicyValues[F] | undefined) => (value === undefined ? most : openness(field, value));
  return of(a[field]) > of(b[field]);
}
