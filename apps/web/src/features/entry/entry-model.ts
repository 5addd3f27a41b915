/** Which fields stand on the form, what an answer means for them, and what is said to come next. */
import type { EntryView } from "@sekisho/contract";
import type { ApiFailure } from "../../api/client.ts";
import type { AskBody } from "../../api/live/entry-commands.ts";

export type EntryValues = {
  readonly passcode: string;
  readonly name: string;
  readonly affiliation: string;
};

/** What is said before asking (INV-4, SEC-8): as it is sent, and what is still missing. */
export type Said = {
  readonly body: Pick<AskBody, "agreement" | "deviceDeclared">;
  readonly gap: EntryProblem | null;
};

export type ToSay = { readonly agreement: boolean; readonly device: boolean };

export type EntryFields = {
  readonly passcode: boolean;
  readonly name: boolean;
};

export type EntryError =
  | "second_factor_needed"
  | "entry_not_accepted"
  | "passcode_needed"
  | "name_not_accepted"
  | "name_needed"
  | "agreement_needed"
  | "device_declaration_needed"
  | "passcodeMissing"
  | "other";

export type EntryField = "passcode" | "name" | "before" | "form";

export type EntryProblem =
  | { readonly kind: "field"; readonly field: EntryField; readonly error: EntryError }
  /** Instant (this device's clock, ms) from which another try makes sense. */
  | { readonly kind: "wait"; readonly until: number };

/** `passcodeAsked`: the server has said that this person needs one. */
export function entryFields(view: EntryView, passcodeAsked: boolean): EntryFields {
  const { meeting, me } = view;
  return {
    // A number, an unknown and an ended link: one bare form with everything a guest may be asked (MTG-4).
    passcode: meeting === null || meeting.passcodeNeeded || passcodeAsked,
    // What the browser has proved says the name, too (IDN-4).
    name: me.kind === "nobody" && view.knownAs === null,
  };
}

/** What is missing besides passcode and name: an account, a proved address, a registration. */
export type Proof = "signIn" | "address" | "registration";

/** `asked`: the server has said so, where the link alone tells nothing of the meeting (MTG-4). */
export function proofNeeded({ meeting, me }: EntryView, asked: Proof | null): Proof | null {
  if (me.kind !== "nobody") return meeting?.registrationNeeded === true ? "registration" : null;
  if (meeting === null) return asked;
  if (meeting.signInNeeded) return "signIn";
  if (meeting.registrationNeeded) return "registration";
  return meeting.addressNeeded ? "address" : asked;
}

export function proofOfFailure({ code }: Pick<ApiFailure, "code">): Proof | null {
  switch (code) {
    case "sign_in_required":
      return "signIn";
    case "address_proof_needed":
      return "address";
    case "registration_needed":
      return "registration";
    default:
      return null;
  }
}

export type ProofText = "signInOrAddress" | "addressNeeded" | "registrationNeeded";

export function proofText(proof: Proof): ProofText {
  return proof === "signIn" ? "signInOrAddress" : `${proof}Needed`;
}

/** `asked`: what the server has said is missing, where the link alone tells nothing of the meeting. */
export function toSayOf({ meeting, me }: EntryView, asked: readonly string[]): ToSay {
  return {
    agreement:
      (me.kind === "nobody" && (meeting?.toSay.agreement ?? null) !== null) ||
      asked.includes("agreement_needed"),
    device: meeting?.toSay.device === true || asked.includes("device_declaration_needed"),
  };
}

/** What can be seen without asking the server. The server asks again. */
export function missing(fields: EntryFields, values: EntryValues, required: boolean): EntryProblem | null {
  if (fields.passcode && required && values.passcode === "")
    return { kind: "field", field: "passcode", error: "passcodeMissing" };
  if (fields.name && values.name.trim() === "") return { kind: "field", field: "name", error: "name_needed" };
  return null;
}

const waitSeconds = 30;

/** null: the answer is a screen of its own (refused, too old, sign in, away). */
export function problemOfFailure(failure: ApiFailure, now: number): EntryProblem | null {
  switch (failure.code) {
    case "entry_not_accepted":
    case "passcode_needed":
      return { kind: "field", field: "passcode", error: failure.code };
    case "name_not_accepted":
    case "name_needed":
      return { kind: "field", field: "name", error: failure.code };
    // One sentence for both: it says what to type, and not why this was not it (ui.md §6).
    case "name_against_rule":
      return { kind: "field", field: "name", error: "name_not_accepted" };
    case "agreement_needed":
    case "device_declaration_needed":
      return { kind: "field", field: "before", error: failure.code };
    case "second_factor_needed":
      return { kind: "field", field: "form", error: failure.code };
    case "too_many_tries":
    case "busy":
      return { kind: "wait", until: now + (failure.retryAfter ?? waitSeconds) * 1000 };
    case "client_too_old":
    case "entry_refused":
    case "sign_in_required":
    case "unreachable":
      return null;
    default:
      return { kind: "field", field: "form", error: "other" };
  }
}

export type NextKey = "next.host" | "next.person" | "next.waiting" | "next.direct" | "next.bare";

/** What happens after the button, in one sentence. */
export function nextKey({ meeting: facts, me }: Pick<EntryView, "meeting" | "me">): NextKey {
  if (facts === null) return "next.bare";
  if (isHosting(me)) return "next.host";
  if (facts.verification === "person") return "next.person";
  return facts.waitingRoom ? "next.waiting" : "next.direct";
}

/** Host and co-host do not ask: the meeting starts with their entering. */
export function isHosting(me: EntryView["me"]): boolean {
  return me.kind === "account" && me.hosting;
}

/** Seconds as 0:45. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.ceil(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
