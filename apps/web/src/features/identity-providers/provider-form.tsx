import type { IdentityProviderView, ProviderSettings, ProviderWish } from "@sekisho/contract";
import type { ReactNode } from "react";
import { OidcForm } from "./oidc-form.tsx";
import { SamlForm } from "./saml-form.tsx";

export interface ProviderFormProps {
  /** Undefined: a new one. */
  provider: IdentityProviderView | undefined;
  settings: ProviderSettings;
  working: boolean;
  problem: string | undefined;
  onBack: () => void;
  onSave: (wish: ProviderWish) => void;
}

export function ProviderForm(props: ProviderFormProps): ReactNode {
  const { settings } = props;
  if (settings.kind === "oidc") return <OidcForm {...props} settings={settings} />;
  return <SamlForm {...props} settings={settings} />;
}
