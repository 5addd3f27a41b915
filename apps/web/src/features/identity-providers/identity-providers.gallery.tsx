import type { IdentityProviders, IdentityProviderView, OidcSettings, ProviderKind } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { newSettings } from "./provider-draft.ts";
import { ProviderDialog } from "./provider-dialogs.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { ProvidersView } from "./providers-view.tsx";

const at = Date.UTC(2026, 10, 22, 6, 47);
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const quiet = () => undefined;
const words = ["identity-providers", "account", "shell"] as const;

const oidc: OidcSettings = {
  kind: "oidc",
  name: "みどり野銀行アカウント",
  issuer: "https://login.midorino.example/realms/main",
  clientId: "sekisho",
  scopes: ["profile", "email", "groups"],
  groupsClaim: "groups",
  primaryGroupClaim: "main_group",
  secondFactorValues: ["mfa"],
  createAccounts: true,
  linkByAddress: false,
};

const handover = {
  redirectUris: [`https://meet.midorino.example/signin/return/${id(1)}`],
  entityId: null,
  acsUrls: [],
};

const provider: IdentityProviderView = {
  id: id(1),
  settings: oidc,
  hasSecret: true,
  enabled: true,
  trial: {
    at,
    current: true,
    problem: null,
    facts: {
      subject: "7f4a0c1e-5b1d-4f0e-9a53-0d2c1f6c8a11",
      email: "rina.sakuma@midorino.example",
      emailVerified: true,
      displayName: "佐久間 里奈",
      groups: ["融資部", "東京支店"],
      primaryGroup: "融資部",
      methods: ["pwd", "mfa"],
      secondFactor: true,
    },
  },
  accounts: 128,
  handover,
};

const fresh: IdentityProviderView = { ...provider, enabled: false, accounts: 0, trial: null };
const failed: IdentityProviderView = {
  ...fresh,
  trial: { at, current: true, problem: "client_refused", facts: null },
};
const changed: IdentityProviderView = {
  ...fresh,
  trial: { at, current: false, problem: null, facts: null },
};
const saml: IdentityProviderView = {
  ...provider,
  settings: {
    kind: "saml",
    name: "みどり野銀行アカウント",
    entityId: "https://idp.midorino.example/saml",
    entryPoint: "https://idp.midorino.example/saml/sso",
    certificates: ["-----BEGIN CERTIFICATE-----\nMIIC4jCCAcqgAwIBAgIQ\n-----END CERTIFICATE-----"],
    subjectAttribute: "",
    emailAttribute: "mail",
    nameAttribute: "displayName",
    groupsAttribute: "groups",
    primaryGroupAttribute: "mainGroup",
    groupsAuthority: true,
    secondFactorValues: ["https://idp.midorino.example/mfa"],
    createAccounts: false,
    linkByAddress: true,
  },
  hasSecret: false,
  handover: {
    redirectUris: [],
    entityId: `https://meet.midorino.example/api/sso/saml/${id(1)}/metadata`,
    acsUrls: [`https://meet.midorino.example/api/sso/saml/${id(1)}/acs`],
  },
};
const good: IdentityProviderView = { ...provider, enabled: false };
const rule = { domains: ["midorino.example"], demanded: false };

function framed(name: string, content: () => ReactNode): GalleryState {
  return {
    id: `identity-providers/${name}`,
    words,
    render: () => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin isOwner area="signIn">
        {content()}
      </Frame>
    ),
  };
}

function list(name: string, data: IdentityProviders, more: { working?: string; dialog?: ReactNode } = {}) {
  return framed(name, () => (
    <>
      <ProvidersView
        data={data}
        working={more.working}
        problem={undefined}
        onAdd={quiet}
        onEdit={quiet}
        onTry={quiet}
        onSwitchOn={quiet}
        onAsk={quiet}
        onRule={quiet}
      />
      {more.dialog}
    </>
  ));
}

function form(name: string, kind: ProviderKind, of?: IdentityProviderView, problem?: string) {
  return framed(name, () => (
    <ProviderForm
      provider={of}
      settings={of?.settings ?? newSettings(kind)}
      working={false}
      problem={problem}
      onBack={quiet}
      onSave={quiet}
    />
  ));
}

const asking = { working: false, problem: undefined, onClose: quiet, onConfirm: quiet };
const asked = { id: id(1), name: oidc.name };

export const states: readonly GalleryState[] = [
  list("none", { providers: [], rule: { domains: [], demanded: false } }),
  list("fresh", { providers: [fresh], rule }),
  list("good", { providers: [good], rule }),
  list("on", { providers: [provider], rule: { ...rule, demanded: true } }),
  list("failed", { providers: [failed], rule }),
  list("changed", { providers: [changed], rule }),
  list("trying", { providers: [fresh], rule }, { working: id(1) }),
  list(
    "off",
    { providers: [provider], rule },
    { dialog: <ProviderDialog {...asking} asked={{ ...asked, kind: "off" }} /> },
  ),
  list(
    "remove",
    { providers: [provider], rule },
    { dialog: <ProviderDialog {...asking} asked={{ ...asked, kind: "remove" }} /> },
  ),
  form("new-oidc", "oidc"),
  form("edit-oidc", "oidc", provider, "…"),
  form("new-saml", "saml"),
  form("edit-saml", "saml", saml),
];
