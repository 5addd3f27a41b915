/** The device's own part of passkeys. The library comes with the first use, so that no other page carries it. */
import type { BodyOf, ResponseOf, routes } from "@sekisho/contract";

type Factor = typeof routes.secondFactor;
type AddOptions = ResponseOf<Factor["passkeyOptions"]>;
type ProveOptions = ResponseOf<Factor["confirmOptions"]>;

/** Browsers make none for an address that is a number, and none over plain HTTP. */
export function passkeysPossible(): boolean {
  const numeric = /^[\d.]+$|^\[/u.test(location.hostname);
  return "PublicKeyCredential" in window && window.isSecureContext && !numeric;
}

/** Rejects when the person or the device says no. */
export async function makePasskey(options: AddOptions): Promise<BodyOf<Factor["passkeyAdd"]>["response"]> {
  const { startRegistration } = await import("@simplewebauthn/browser");
  const { id, rawId, response } = await startRegistration({ optionsJSON: options });
  const { clientDataJSON, attestationObject } = response;
  return {
    ...{ id, rawId, type: "public-key" },
    response: { clientDataJSON, attestationObject, transports: response.transports ?? [] },
  };
}

/** Rejects when the person or the device says no. */
export async function askPasskey(
  options: ProveOptions,
): Promise<BodyOf<Factor["signInPasskey"]>["response"]> {
  const { startAuthentication } = await import("@simplewebauthn/browser");
  const { id, rawId, response } = await startAuthentication({ optionsJSON: options });
  const { clientDataJSON, authenticatorData, signature } = response;
  return {
    ...{ id, rawId, type: "public-key" },
    response: { clientDataJSON, authenticatorData, signature, userHandle: response.userHandle ?? null },
  };
}
