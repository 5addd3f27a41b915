/**
 * SAML 2.0, begun here and nowhere else: the answer has to name our request, our address and us, in what is signed. The
 * library verifies the signature and hands over the very bytes that were signed; everything below is read from those. What
 * it does not ask (who issued it, for which address, for which request) is asked here.
 */
import { SAML, SamlStatusError, ValidateInResponseTo } from "@node-saml/node-saml";
import type { SamlSettings } from "@sekisho/contract";
import { newToken } from "../../../platform/random.ts";
import { ProviderFault, type ProviderWord } from "./provider-word.ts";
import { samlAssertion, wordOfAssertion, type SamlAssertion } from "./saml-assertion.ts";
import { requirePlainResponse } from "./saml-response.ts";

/** ms that clocks may differ. */
const skewMs = 60_000;
/** ms from its making to which an assertion is taken, whatever it says itself. */
const oldestMs = 10 * 60_000;

export type SamlParty = {
  readonly settings: SamlSettings;
  /** Our name there, and the address to which the answer is posted. */
  readonly entityId: string;
  readonly acsUrl: string;
};

export type SamlSecrets = { readonly requestId: string };

/** `handle` travels along as RelayState: opaque, and no address. */
export async function samlDoor(
  party: SamlParty,
  { handle, anew }: { readonly handle: string; readonly anew: boolean },
): Promise<{ readonly url: string; readonly secrets: SamlSecrets }> {
  const requestId = `_${newToken()}`;
  const url = await client(party, requestId, anew).getAuthorizeUrlAsync(handle, undefined, {});
  return { url, secrets: { requestId } };
}

export type SamlSaid = {
  readonly word: ProviderWord;
  /** Good once, on whichever process. */
  readonly assertionId: string;
};

/** Throws `ProviderFault`. `response`: as it was posted, in base64. `now`: ms since 1970 UTC. */
export async function readSamlResponse(
  party: SamlParty,
  { requestId }: SamlSecrets,
  response: string,
  now: number,
): Promise<SamlSaid> {
  requirePlainResponse(response, party.acsUrl);
  const { profile } = await verified(client(party, requestId, false), response);
  const signed = samlAssertion.safeParse(profile?.getAssertion?.());
  if (!signed.success) throw new ProviderFault("answer_invalid");
  const assertion = signed.data.Assertion;
  requireForUs(assertion, party, requestId, now);
  return { word: wordOfAssertion(party.settings, assertion), assertionId: assertion.$.ID };
}

function client({ settings, entityId, acsUrl }: SamlParty, requestId: string, anew: boolean): SAML {
  const asked = { value: new Date().toISOString(), createdAt: Date.now() };
  return new SAML({
    idpCert: [...settings.certificates],
    idpIssuer: settings.entityId,
    entryPoint: settings.entryPoint,
    issuer: entityId,
    audience: entityId,
    callbackUrl: acsUrl,
    identifierFormat: null,
    disableRequestedAuthnContext: true,
    forceAuthn: anew,
    acceptedClockSkewMs: skewMs,
    maxAssertionAgeMs: oldestMs,
    // One of the two has to be signed; which of them is the provider's habit.
    wantAssertionsSigned: false,
    wantAuthnResponseSigned: false,
    generateUniqueId: () => requestId,
    validateInResponseTo: ValidateInResponseTo.always,
    // The one request that this answer may be to: it is kept with the journey, and not here.
    cacheProvider: {
      saveAsync: async () => asked,
      getAsync: async (id) => (id === requestId ? asked.value : null),
      removeAsync: async () => null,
    },
  });
}

async function verified(saml: SAML, response: string) {
  try {
    return await saml.validatePostResponseAsync({ SAMLResponse: response });
  } catch (error) {
    throw new ProviderFault(problemOf(error), error);
  }
}

function problemOf(error: unknown): ProviderFault["problem"] {
  if (error instanceof SamlStatusError) return "cancelled";
  const message = error instanceof Error ? error.message : "";
  if (/expired|not yet valid|subject confirmation/u.test(message)) return "out_of_time";
  if (/audience|InResponseTo/iu.test(message)) return "not_for_us";
  return /signature|signed/iu.test(message) ? "signature_invalid" : "answer_invalid";
}

/** Each of these is a hole in some product's past; all are read from the signed assertion, not from its envelope. */
function requireForUs(assertion: SamlAssertion, party: SamlParty, requestId: string, now: number): void {
  if (assertion.Issuer[0]?._ !== party.settings.entityId) throw new ProviderFault("not_for_us");
  const [conditions] = assertion.Conditions;
  if (conditions?.$?.NotOnOrAfter === undefined) throw new ProviderFault("answer_invalid");
  const confirmed = assertion.Subject[0]?.SubjectConfirmation.some(({ $, SubjectConfirmationData }) => {
    const data = SubjectConfirmationData[0]?.$;
    return (
      $.Method === "urn:oasis:names:tc:SAML:2.0:cm:bearer" &&
      data !== undefined &&
      data.Recipient === party.acsUrl &&
      data.InResponseTo === requestId &&
      // A bearer's confirmation has an end and no beginning (SAML Profiles §4.1.4.2).
      data.NotBefore === undefined &&
      Date.parse(data.NotOnOrAfter ?? "") + skewMs > now
    );
  });
  if (confirmed !== true) throw new ProviderFault("not_for_us");
}
