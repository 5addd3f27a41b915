import Building from "lucide-react/icons/building-complex";
import type { OwnProvider } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { DataTable, type Column } from "../../ui/data-table.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { Dialog } from "../../ui/dialog.tsx";
import { Note } from "../../ui/note.tsx";
import { Section, Stack } from "../../ui/page.tsx";

export interface ProvidersSectionProps {
  providers: readonly OwnProvider[];
  /** On the way to a provider's page. */
  leaving: boolean;
  working: boolean;
  problem: string | undefined;
  onLink: (id: string) => void;
  onUnlink: (id: string) => void;
  initialAsked?: OwnProvider | undefined;
}

export function ProvidersSection(props: ProvidersSectionProps): ReactNode {
  const t = useWords("me");
  const [asked, setAsked] = useState<OwnProvider | undefined>(props.initialAsked);
  const { providers, leaving, working, problem, onLink, onUnlink } = props;
  const columns: Column<OwnProvider>[] = [
    { id: "name", label: t("providers.name"), cell: (row) => <bdi>{row.name}</bdi> },
    {
      id: "since",
      tight: true,
      label: t("providers.since"),
      cell: (row) => (row.linkedAt === null ? t("providers.not") : <DateText from={row.linkedAt} />),
    },
    {
      id: "action",
      label: t("col.action"),
      quietLabel: true,
      cell: (row) =>
        row.linkedAt === null ? (
          <Button
            size="small"
            icon={<Building />}
            busy={leaving ? t("providers.leaving") : undefined}
            onClick={() => onLink(row.id)}
          >
            {t("providers.tie")}
          </Button>
        ) : (
          <Button
            size="small"
            kind="danger-quiet"
            busy={working ? t("providers.untying") : undefined}
            onClick={() => setAsked(row)}
          >
            {t("providers.untie")}
          </Button>
        ),
    },
  ];
  return (
    <Section title={t("providers")} note={t("providers.note")}>
      <Stack gap="field">
        {problem !== undefined && (
          <Note tone="danger" role="alert">
            {problem}
          </Note>
        )}
        <DataTable label={t("providers")} columns={columns} rows={providers} rowId={(row) => row.id} />
      </Stack>
      {asked !== undefined && (
        <UntieDialog
          name={asked.name}
          onUntie={() => {
            setAsked(undefined);
            onUnlink(asked.id);
          }}
          onClose={() => setAsked(undefined)}
        />
      )}
    </Section>
  );
}

interface UntieDialogProps {
  name: string;
  onUntie: () => void;
  onClose: () => void;
}

function UntieDialog({ name, onUntie, onClose }: UntieDialogProps): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  return (
    <Dialog
      title={t("providers.untie.title", { name })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {common("cancel")}
          </Button>
          <Button kind="danger" onClick={onUntie}>
            {t("providers.untie.submit")}
          </Button>
        </>
      }
    >
      <p>{t("providers.untie.text")}</p>
    </Dialog>
  );
}
