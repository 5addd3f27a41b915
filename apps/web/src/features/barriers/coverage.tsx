import CircleDashed from "lucide-react/icons/circle-dashed";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { Card, Section } from "../../ui/page.tsx";

const HOLES = ["elsewhere", "files", "channels", "outside"] as const;

/** BAR-16: what a wall here does not reach is said where walls are built. */
export function Coverage(): ReactNode {
  const r = useWords("barriers-settings");
  return (
    <Section title={r("coverage")} note={r("coverage.note")}>
      <Card>
        <FactList
          facts={HOLES.map((hole) => ({
            id: hole,
            icon: <CircleDashed />,
            text: r(`coverage.${hole}`),
            note: r(`coverage.${hole}.note`),
          }))}
        />
      </Card>
    </Section>
  );
}
