import type { OidcSettings, ProviderKind, ProviderSettings, SamlSettings } from "@sekisho/contract";

/** What a new one begins with: nothing counts and nobody is let in by it before somebody says so. */
export function newSettings(kind: ProviderKind): ProviderSettings {
  return kind === "oidc" ? newOidc() : newSaml();
}

function newOidc(): OidcSettings {
  return {
    kind: "oidc",
    name: "",
    issuer: "",
    clientId: "",
    scopes: ["profile", "email"],
    groupsClaim: "",
    primaryGroupClaim: "",
    ...strict,
  };
}

function newSaml(): SamlSettings {
  return {
    kind: "saml",
    name: "",
    entityId: "",
    entryPoint: "",
    certificates: [],
    subjectAttribute: "",
    emailAttribute: "",
    nameAttribute: "",
    groupsAttribute: "",
    primaryGroupAttribute: "",
    groupsAuthority: false,
    ...strict,
  };
}

/** Certificates as they were pasted, one after another. */
export function certificatesIn(text: string): string[] {
  const framed = text.match(/-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----/gsu);
  if (framed !== null) return [...framed];
  return text
    .split(/\n\s*\n/u)
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

const strict = { secondFactorValues: [], createAccounts: false, linkByAddress: false };

export type RuleDraft = Pick<ProviderSettings, "createAccounts" | "linkByAddress"> & {
  readonly values: string;
};

export function rulesOf(settings: ProviderSettings): RuleDraft {
  const { createAccounts, linkByAddress, secondFactorValues } = settings;
  return { createAccounts, linkByAddress, values: secondFactorValues.join("\n") };
}

export function rulesFrom({ createAccounts, linkByAddress, values }: RuleDraft) {
  return { createAccounts, linkByAddress, secondFactorValues: linesOf(values) };
}

/** One a line, without empty ones, each once. */
export function linesOf(text: string): string[] {
  return [...new Set(text.split("\n").map((line) => line.trim()))].filter((line) => line !== "");
}

/** As people type them: spaces, commas, new lines. */
export function wordsIn(text: string): string[] {
  return [...new Set(text.split(/[\s,、]+/u))].filter((word) => word !== "");
}

const domainName = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{1,62}$/u;

/** Names in other letters become what mail calls them (`例.jp` is `xn--fsq.jp`). Undefined: one is none. */
export function domainsIn(text: string): string[] | undefined {
  const domains = linesOf(text.toLowerCase().replaceAll("@", "")).map(asciiOf);
  return domains.every((domain) => domainName.test(domain)) ? [...new Set(domains)] : undefined;
}

function asciiOf(domain: string): string {
  return URL.parse(`https://${domain}`)?.hostname ?? "";
}
