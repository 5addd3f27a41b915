/** What is typed in as a provider, looked at before it is kept. */
import type { ProviderSettings } from "@sekisho/contract";
import { HttpError } from "../../../platform/http/http-error.ts";
import { isLoopbackHost } from "../../../platform/http/outbound-address.ts";

/** Throws `provider_settings_invalid` with the fields. */
export function checkedSettings(settings: ProviderSettings, loopbackAllowed: boolean): ProviderSettings {
  if (settings.kind === "saml") throw new HttpError("provider_settings_invalid", { fields: ["kind"] });
  if (!isSafeAddress(settings.issuer, loopbackAllowed))
    throw new HttpError("provider_settings_invalid", { fields: ["issuer"] });
  return settings;
}

/** HTTPS; plain HTTP to this machine itself, where that is allowed. */
export function isSafeAddress(address: string, loopbackAllowed: boolean): boolean {
  const url = URL.parse(address);
  if (url === null || url.username !== "" || url.password !== "") return false;
  if (url.protocol === "https:") return true;
  return url.protocol === "http:" && loopbackAllowed && isLoopbackHost(url.hostname);
}
