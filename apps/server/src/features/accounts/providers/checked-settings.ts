/** What is typed in as a provider, looked at before it is kept. */
import type { ProviderSettings } from "@sekisho/contract";
import { X509Certificate } from "node:crypto";
import { HttpError } from "../../../platform/http/http-error.ts";
import { isSafeAddress } from "./safe-address.ts";

/** Throws `provider_settings_invalid` with the fields. */
export function checkedSettings(settings: ProviderSettings, loopbackAllowed: boolean): ProviderSettings {
  const address = settings.kind === "oidc" ? ("issuer" as const) : ("entryPoint" as const);
  const value = settings.kind === "oidc" ? settings.issuer : settings.entryPoint;
  if (!isSafeAddress(value, loopbackAllowed))
    throw new HttpError("provider_settings_invalid", { fields: [address] });
  if (settings.kind === "oidc") return settings;
  const certificates = settings.certificates.map(checkedCertificate);
  return { ...settings, certificates: [...new Set(certificates)] };
}

/** As PEM, whichever way it was pasted. Of a key that signatures are checked with here: RSA of 2048 bits or more. */
function checkedCertificate(pasted: string): string {
  const bare = pasted.replaceAll(/-----[A-Z ]+-----|\s/gu, "");
  try {
    const certificate = new X509Certificate(Buffer.from(bare, "base64"));
    const { asymmetricKeyType, asymmetricKeyDetails } = certificate.publicKey;
    if (asymmetricKeyType === "rsa" && (asymmetricKeyDetails?.modulusLength ?? 0) >= 2048)
      return certificate.toString();
  } catch {
    // Not a certificate.
  }
  throw new HttpError("provider_settings_invalid", { fields: ["certificates"] });
}
