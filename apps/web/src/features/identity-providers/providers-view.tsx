import type { IdentityProviders, IdentityProviderView, ProviderKind, ProviderRule } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { EmptyState } from "../../ui/empty-state.tsx";
import { Menu } from "../../ui/menu.tsx";
import { Note } from "../../ui/note.tsx";
import { PageHead, Stack } from "../../ui/page.tsx";
import { ProviderCard } from "./provider-card.tsx";
import type { Asked } from "./provider-dialogs.tsx";
import { RuleSection } from "./rule-section.tsx";

export interface ProvidersViewProps {
  data: IdentityProviders;
  /** The id of the provider that something is done with, `rule`, or nothing. */
  working: string | undefined;
  problem: string | undefined;
  onAdd: (kind: ProviderKind) => void;
  onEdit: (provider: IdentityProviderView) => void;
  onTry: (id: string) => void;
  onSwitchOn: (provider: IdentityProviderView) => void;
  onAsk: (asked: Asked) => void;
  onRule: (rule: ProviderRule) => void;
}

export function ProvidersView(props: ProvidersViewProps): ReactNode {
  const { data, working, problem, onAdd, onRule } = props;
  const t = useWords("identity-providers");
  return (
    <>
      <PageHead
        title={t("title")}
        lead={t("lead")}
        actions={
          <Menu
            label={t("add")}
            items={[
              { id: "oidc", label: t("addOidc"), onSelect: () => onAdd("oidc") },
              { id: "saml", label: t("addSaml"), onSelect: () => onAdd("saml") },
            ]}
            trigger={(trigger) => (
              <Button kind="primary" {...trigger}>
                {t("add")}
              </Button>
            )}
          />
        }
      />
      <Stack>
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        {data.providers.length === 0 && <EmptyState text={t("none")} />}
        {data.providers.map((provider) => (
          <ProviderCard key={provider.id} provider={provider} {...props} />
        ))}
        <RuleSection
          key={JSON.stringify(data.rule)}
          rule={data.rule}
          possible={data.providers.some((one) => one.enabled)}
          working={working === "rule"}
          onSave={onRule}
        />
      </Stack>
    </>
  );
}
