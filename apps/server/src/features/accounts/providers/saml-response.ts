/**
 * The shape of a response, before anything in it is believed: one response, one assertion in its own place, signatures in
 * theirs, nothing that a parser would have to expand. Signature wrapping needs a second assertion or a signature elsewhere;
 * there is no place for either (Somorovsky et al., "On Breaking SAML", USENIX Security 2012).
 */
import { DOMParser } from "@xmldom/xmldom";
import { ProviderFault } from "./provider-word.ts";

const protocol = "urn:oasis:names:tc:SAML:2.0:protocol";
const saml = "urn:oasis:names:tc:SAML:2.0:assertion";
const dsig = "http://www.w3.org/2000/09/xmldsig#";

/** SHA-1 is broken for this (CRYPTREC), and comments must not be among what is signed or they hide in a name. */
const algorithms = new Set([
  "http://www.w3.org/2001/10/xml-exc-c14n#",
  "http://www.w3.org/2000/09/xmldsig#enveloped-signature",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
  "http://www.w3.org/2001/04/xmldsig-more#rsa-sha512",
  "http://www.w3.org/2001/04/xmlenc#sha256",
  "http://www.w3.org/2001/04/xmlenc#sha512",
]);

/** Throws `ProviderFault`. */
export function requirePlainResponse(base64: string, acsUrl: string): void {
  const document = parsePlain(Buffer.from(base64, "base64").toString("utf8"));
  const root = document.documentElement;
  if (root === null || root.namespaceURI !== protocol || root.localName !== "Response")
    throw new ProviderFault("answer_invalid");
  const all = elementsIn(root);
  const assertions = all.filter(
    (one) => one.localName === "Assertion" || one.localName === "EncryptedAssertion",
  );
  const [assertion] = assertions;
  if (assertion === undefined) return;
  const inPlace =
    assertions.length === 1 &&
    assertion.localName === "Assertion" &&
    assertion.namespaceURI === saml &&
    assertion.parentNode === root;
  if (!inPlace) throw new ProviderFault("signature_invalid");
  requireSignatures(all, [root, assertion]);
  const ids = all.flatMap((one) => one.getAttribute("ID") ?? []).filter((id) => id !== "");
  if (new Set(ids).size !== ids.length) throw new ProviderFault("signature_invalid");
  const destination = root.getAttribute("Destination") ?? "";
  if (destination !== "" && destination !== acsUrl) throw new ProviderFault("not_for_us");
}

function requireSignatures(all: readonly Element[], places: readonly Element[]): void {
  const signatures = all.filter((one) => one.localName === "Signature");
  if (signatures.length === 0) throw new ProviderFault("signature_invalid");
  for (const one of signatures)
    if (one.namespaceURI !== dsig || !places.some((place) => place === one.parentNode))
      throw new ProviderFault("signature_invalid");
  for (const one of all.filter((element) => element.namespaceURI === dsig)) {
    const named = one.getAttribute("Algorithm") ?? "";
    if (named !== "" && !algorithms.has(named)) throw new ProviderFault("signature_invalid");
    if (one.localName === "Object") throw new ProviderFault("signature_invalid");
  }
}

/** Without a document type: nothing is expanded, and nothing outside is asked for. Throws `ProviderFault`. */
export function parsePlain(xml: string): Document {
  if (/<!(?:DOCTYPE|ENTITY)|<\?(?!xml\s)/iu.test(xml)) throw new ProviderFault("answer_invalid");
  const refuse = (): never => {
    throw new ProviderFault("answer_invalid");
  };
  try {
    const handler = { warning: refuse, error: refuse, fatalError: refuse };
    return new DOMParser({ errorHandler: handler }).parseFromString(xml, "text/xml");
  } catch (error) {
    throw error instanceof ProviderFault ? error : new ProviderFault("answer_invalid", error);
  }
}

export function elementsIn(root: Element): readonly Element[] {
  return Array.from(root.getElementsByTagName("*"));
}
