import type { IdentityProviderView, ProviderSettings, ProviderWish } from "@sekisho/contract";
import type { ReactNode } from "react";
import { OidcForm } from "./oidc-form.tsx";

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
  return settings.kind === "oidc" ? <OidcForm {...props} settings={settings} /> : null;
}
