import type { IdentityProviderView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Badge } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import type { Asked } from "./provider-dialogs.tsx";
import styles from "./providers.module.css";
import { TrialResult } from "./trial-result.tsx";

export interface ProviderCardProps {
  provider: IdentityProviderView;
  working: string | undefined;
  onEdit: (provider: IdentityProviderView) => void;
  onTry: (id: string) => void;
  onSwitchOn: (provider: IdentityProviderView) => void;
  onAsk: (asked: Asked) => void;
}

export function ProviderCard(props: ProviderCardProps): ReactNode {
  const { provider, working, onEdit, onTry, onSwitchOn, onAsk } = props;
  const { id, settings, enabled, trial, accounts } = provider;
  const { name } = settings;
  const t = useWords("identity-providers");
  const busy = working === id ? t("working") : undefined;
  const tried = trial?.current === true && trial.problem === null;
  const where = settings.kind === "oidc" ? settings.issuer : settings.entityId;
  return (
    <Section title={name}>
      <Card>
        <Stack gap="field">
          <div className={styles["facts"]}>
            <Badge tone={enabled ? "ok" : "plain"}>{t(enabled ? "state.on" : "state.off")}</Badge>
            <span>{t(`kind.${settings.kind}`)}</span>
            <code>{where}</code>
            <span>{t("accounts", { count: accounts })}</span>
          </div>
          <TrialResult trial={trial} />
          <div className={styles["actions"]}>
            <Button
              kind={tried ? "default" : "primary"}
              busy={working === id ? t("trying") : undefined}
              onClick={() => onTry(id)}
            >
              {t("try")}
            </Button>
            {enabled ? (
              <Button onClick={() => onAsk({ kind: "off", id, name })}>{t("off")}</Button>
            ) : (
              tried && (
                <Button kind="primary" busy={busy} onClick={() => onSwitchOn(provider)}>
                  {t("on")}
                </Button>
              )
            )}
            <Button onClick={() => onEdit(provider)}>{t("edit")}</Button>
            <Button kind="danger-quiet" onClick={() => onAsk({ kind: "remove", id, name })}>
              {t("remove")}
            </Button>
          </div>
        </Stack>
      </Card>
    </Section>
  );
}
