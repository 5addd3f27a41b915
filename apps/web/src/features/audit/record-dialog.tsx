import type { AuditRecord } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Well } from "../../ui/copy.tsx";
import { Dialog } from "../../ui/dialog.tsx";

/** The very text that was hashed, and what was sealed beside it. */
export function RecordDialog({ record, onClose }: { record: AuditRecord; onClose: () => void }): ReactNode {
  const t = useWords("audit");
  const common = useWords("common");
  const lines: readonly (readonly [string, string])[] = [
    [t("record.time"), new Date(record.at).toISOString()],
    [t("record.data"), record.data],
    ...(record.personal === null ? [] : [[t("record.personal"), record.personal] as const]),
    [t("record.hash"), record.hash],
  ];
  return (
    <Dialog
      title={t("record.title", { seq: record.seq, type: record.type })}
      onClose={onClose}
      actions={
        <Button kind="primary" onClick={onClose}>
          {common("close")}
        </Button>
      }
    >
      {lines.map(([label, value]) => (
        <div key={label}>
          <p aria-hidden="true">{label}</p>
          <Well label={label}>{value}</Well>
        </div>
      ))}
    </Dialog>
  );
}
