import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { useForm } from "./form-context.ts";

/** Where it was caused: what cannot go together, why, and the buttons that resolve it (CNF-4). */
export function Contradictions({ field }: { field: string }): ReactNode {
  const { preview, resolve } = useForm();
  const t = useWords("schedule");
  const here = preview?.contradictions.filter((one) => one.field === field) ?? [];
  return here.map((one) => (
    <Note
      key={one.code}
      tone="danger"
      role="alert"
      title={t(`c.${one.code}`)}
      actions={one.resolutions.map((resolution) => (
        <Button key={resolution} size="small" onClick={() => resolve(resolution)}>
          {t(`r.${resolution}`)}
        </Button>
      ))}
    >
      {t(`c.${one.code}.why`)}
    </Note>
  ));
}
