import type { FactSheetTexts } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { Card, Section, Stack } from "../../ui/page.tsx";
import { TextArea } from "../../ui/text-area.tsx";

export interface FactSheetTextsViewProps {
  texts: FactSheetTexts;
  /** What stands where a field is empty. */
  generated: FactSheetTexts;
  working: boolean;
  problem: string | undefined;
  onSave: (next: FactSheetTexts) => void;
}

const PARTS = ["contact", "kept"] as const;
const LANGUAGES = ["ja", "en"] as const;

export function FactSheetTextsView(props: FactSheetTextsViewProps): ReactNode {
  const { generated, working, problem, onSave } = props;
  const t = useWords("organisation");
  const common = useWords("common");
  const [texts, setTexts] = useState(props.texts);
  return (
    <Section title={t("sheet")} note={t("sheet.note")}>
      <Card>
        <Stack gap="field">
          {PARTS.flatMap((part) =>
            LANGUAGES.map((lang) => (
              <TextArea
                key={`${part} ${lang}`}
                label={t(`sheet.${part}.${lang}`)}
                hint={t("sheet.generated", { text: generated[part][lang] })}
                lang={lang}
                maxLength={600}
                value={texts[part][lang]}
                onChange={(text) => setTexts({ ...texts, [part]: { ...texts[part], [lang]: text } })}
              />
            )),
          )}
          {problem !== undefined && (
            <Note tone="danger" role="alert">
              {problem}
            </Note>
          )}
          <div>
            <Button busy={working ? common("saving") : undefined} onClick={() => onSave(texts)}>
              {t("sheet.save")}
            </Button>
          </div>
        </Stack>
      </Card>
    </Section>
  );
}
