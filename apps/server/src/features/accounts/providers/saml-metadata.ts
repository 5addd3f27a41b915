/** Metadata of SAML: a provider's, pasted by its owner, and ours, to hand over. */
import { generateServiceProviderMetadata } from "@node-saml/node-saml";
import { HttpError } from "../../../platform/http/http-error.ts";
import { elementsIn, parsePlain } from "./saml-response.ts";

const metadata = "urn:oasis:names:tc:SAML:2.0:metadata";
const redirect = "urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect";

export type ReadMetadata = {
  readonly entityId: string;
  readonly entryPoint: string;
  readonly certificates: string[];
};

/** Throws `provider_settings_invalid` where it is not one provider's. */
export function readMetadata(xml: string): ReadMetadata {
  const found = tryRead(xml);
  if (found === null) throw new HttpError("provider_settings_invalid", { fields: ["metadata"] });
  return found;
}

function tryRead(xml: string): ReadMetadata | null {
  const root = rootOf(xml.trim());
  if (root === null) return null;
  const all = [root, ...elementsIn(root)].filter((one) => one.namespaceURI === metadata);
  const named = all.filter((one) => one.localName === "EntityDescriptor");
  const roles = all.filter((one) => one.localName === "IDPSSODescriptor");
  const [role] = roles;
  const [entity] = named;
  if (named.length !== 1 || roles.length !== 1 || entity === undefined || role === undefined) return null;
  const inRole = elementsIn(role);
  const door = inRole.find(
    (one) => one.localName === "SingleSignOnService" && one.getAttribute("Binding") === redirect,
  );
  const certificates = inRole
    .filter((one) => one.localName === "KeyDescriptor" && one.getAttribute("use") !== "encryption")
    .flatMap((one) => elementsIn(one).filter((inside) => inside.localName === "X509Certificate"))
    .map((one) => (one.textContent ?? "").replaceAll(/\s/gu, ""))
    .filter((one) => one !== "");
  const entityId = entity.getAttribute("entityID") ?? "";
  const entryPoint = door?.getAttribute("Location") ?? "";
  if (entityId === "" || entryPoint === "" || certificates.length === 0) return null;
  return { entityId, entryPoint, certificates: [...new Set(certificates)].slice(0, 5) };
}

function rootOf(xml: string): Element | null {
  try {
    return parsePlain(xml).documentElement;
  } catch {
    return null;
  }
}

export function ownMetadata(entityId: string, acsUrl: string): string {
  return generateServiceProviderMetadata({
    issuer: entityId,
    callbackUrl: acsUrl,
    wantAssertionsSigned: true,
  });
}
