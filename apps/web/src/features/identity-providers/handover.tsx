import type { IdentityProviderView, ProviderKind } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { CopyButton, Well } from "../../ui/copy.tsx";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/page.tsx";

export interface HandoverProps {
  kind: ProviderKind;
  /** Undefined: not saved yet, so that there is no address yet. */
  handover: IdentityProviderView["handover"] | undefined;
}

/** What the identity provider has to know of us, to copy letter by letter. */
export function Handover({ kind, handover }: HandoverProps): ReactNode {
  const t = useWords("identity-providers");
  if (handover === undefined)
    return (
      <Section title={t("handover")}>
        <Note tone="info">{t("handover.later")}</Note>
      </Section>
    );
  const rows =
    kind === "oidc"
      ? handover.redirectUris.map((value) => ({ label: t("redirectUri"), value }))
      : [
          ...(handover.entityId === null ? [] : [{ label: t("spEntityId"), value: handover.entityId }]),
          ...handover.acsUrls.map((value) => ({ label: t("acsUrl"), value })),
        ];
  return (
    <Section title={t("handover")}>
      {rows.map((row) => (
        <Labelled key={row.value} {...row} />
      ))}
    </Section>
  );
}

function Labelled({ label, value }: { label: string; value: string }): ReactNode {
  const t = useWords("identity-providers");
  const common = useWords("common");
  return (
    <div>
      <p aria-hidden="true">{label}</p>
      <Well
        label={label}
        action={
          <CopyButton text={value} label={t("copy")} done={common("copied")} failed={common("copyFailed")} />
        }
      >
        {value}
      </Well>
    </div>
  );
}
