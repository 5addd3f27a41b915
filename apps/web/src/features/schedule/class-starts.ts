import type { ClassesForHosts } from "@sekisho/contract";
import type { Draft, Level } from "./draft.ts";

/**
 * The draft with another class. What nobody has touched goes on to what a meeting of the new class starts with (CNF-2);
 * what the host has chosen stays as chosen.
 */
export function withClass(draft: Draft, level: Level, { classes, untouched, selfId }: Starts): Draft {
  const before =
    draft.confidentiality === undefined
      ? {}
      : startsOf(draft.confidentiality, classes[draft.confidentiality], selfId);
  const after = startsOf(level, classes[level], selfId);
  let next: Draft = { ...draft, confidentiality: level };
  for (const field of startFields)
    if (draft[field] === (before[field] ?? untouched[field]))
      next = { ...next, [field]: after[field] ?? untouched[field] };
  return next;
}

export interface Starts {
  readonly classes: ClassesForHosts;
  /** The form as it is before any class is chosen. */
  readonly untouched: Draft;
  readonly selfId: string;
}

const startFields = [
  ...(["encryption", "whoMayJoin", "visibility", "passcodeRequired", "waitingRoom"] as const),
  ...(["joinBeforeHost", "muteOnEntry", "screenShare", "chat", "rename", "unmute"] as const),
  ...(["agreement", "guestProof", "nameRule", "registration", "verifier"] as const),
] as const satisfies readonly (keyof Draft)[];
type StartField = (typeof startFields)[number];

/**
 * Verification to begin with means: by whoever makes the meeting, until somebody else is named. Registration at low means
 * personal links, which make the passcode dispensable (INV-5), unless the organisation has said something of it.
 */
function startsOf(
  level: Level,
  { defaults }: ClassesForHosts[Level],
  selfId: string,
): { readonly [F in StartField]?: Draft[F] | undefined } {
  const { verifierRequired, ...values } = defaults;
  const byOwnLinks = level === "low" && defaults.registration === "required";
  return {
    ...(byOwnLinks ? { passcodeRequired: false } : {}),
    ...values,
    ...(verifierRequired === true ? { verifier: selfId } : {}),
  };
}
