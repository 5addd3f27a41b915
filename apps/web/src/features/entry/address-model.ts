/** Proving an invited address by code (BAR-8): what stands on the screen, and what an answer means for it. */
import type { ApiFailure } from "../../api/client.ts";

export type AddressStage = "address" | "code";

export type AddressValues = { readonly email: string; readonly code: string };

export type AddressError = "invalid" | "codeMissing" | "codeWrong" | "failed";

export type AddressProblem =
  | { readonly kind: "field"; readonly field: AddressField; readonly error: AddressError }
  /** Instant (this device's clock, ms) from which another try makes sense. */
  | { readonly kind: "wait"; readonly until: number };

export type AddressField = "email" | "code" | "form";

/** Before this time a further code would only make the one on its way useless. ms. */
export const resendAfterMs = 60_000;
export const codeLength = 6;

/** Only what cannot be an address in any spelling; the server folds width and case and looks again. */
export function addressGap(email: string): AddressProblem | null {
  const plain = email.normalize("NFKC").trim();
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/u.test(plain)
    ? null
    : { kind: "field", field: "email", error: "invalid" };
}

export function codeGap(code: string): AddressProblem | null {
  return /^\d{6}$/u.test(code) ? null : { kind: "field", field: "code", error: "codeMissing" };
}

const waitSeconds = 60;

/** null: there is no server to answer. */
export function addressProblemOf(
  failure: ApiFailure,
  stage: AddressStage,
  now: number,
): AddressProblem | null {
  switch (failure.code) {
    case "unreachable":
      return null;
    case "too_many_tries":
    case "busy":
      return { kind: "wait", until: now + (failure.retryAfter ?? waitSeconds) * 1000 };
    case "code_not_accepted":
      return { kind: "field", field: "code", error: "codeWrong" };
    case "bad_request":
      return stage === "address"
        ? { kind: "field", field: "email", error: "invalid" }
        : { kind: "field", field: "code", error: "codeWrong" };
    default:
      return { kind: "field", field: "form", error: "failed" };
  }
}
