import type { IdentityProviderView, ProviderSettings } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { Loaded } from "../../app-shell/load-state.tsx";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { useWords } from "../../i18n/words.ts";
import { newSettings } from "./provider-draft.ts";
import { ProviderDialog, type Asked } from "./provider-dialogs.tsx";
import { ProviderForm } from "./provider-form.tsx";
import { ProvidersView } from "./providers-view.tsx";
import { useProviders } from "./use-providers.ts";

type Editing = { readonly provider: IdentityProviderView | undefined; readonly settings: ProviderSettings };

export function IdentityProvidersScreen(): ReactNode {
  const t = useWords("identity-providers");
  const [editing, setEditing] = useState<Editing | undefined>(undefined);
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const work = useProviders({ onSaved: () => setEditing(undefined), onDone: () => setAsked(undefined) });
  usePageTitle(t("title"));
  return (
    <Loaded query={work.list}>
      {(data) => (
        <>
          {editing === undefined ? (
            <ProvidersView
              data={data}
              working={work.working}
              problem={asked === undefined ? work.problem : undefined}
              onAdd={(kind) => setEditing({ provider: undefined, settings: newSettings(kind) })}
              onEdit={(provider) => setEditing({ provider, settings: provider.settings })}
              onTry={work.onTry}
              onSwitchOn={(provider) => work.onSwitch(provider.id, true)}
              onAsk={setAsked}
              onRule={work.onRule}
            />
          ) : (
            <ProviderForm
              provider={editing.provider}
              settings={editing.settings}
              working={work.working === "save"}
              problem={work.problem}
              onBack={() => setEditing(undefined)}
              onSave={(wish) => work.onSave(editing.provider?.id, wish)}
            />
          )}
          {asked !== undefined && (
            <ProviderDialog
              asked={asked}
              working={work.working !== undefined}
              problem={work.problem}
              onClose={() => setAsked(undefined)}
              onConfirm={() =>
                asked.kind === "off" ? work.onSwitch(asked.id, false) : work.onRemove(asked.id)
              }
            />
          )}
          {work.dialog}
        </>
      )}
    </Loaded>
  );
}
