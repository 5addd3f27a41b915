import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { ClassCards, type ClassCard } from "../../ui/class-cards.tsx";
import { FieldError } from "../../ui/field.tsx";
import { Contradictions } from "./contradiction-note.tsx";
import type { Level } from "./draft.ts";
import { useForm } from "./form-context.ts";
import styles from "./schedule.module.css";

const LEVELS: readonly Level[] = ["high", "medium", "low"];

/** The first question; what follows stands on each card. */
export function ClassField(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const common = useWords("common");
  const error = checks.errorOf("level");
  const cards = LEVELS.map((level): ClassCard => ({
    level,
    name: common(`classShort.${level}`),
    use: t(`class.${level}.use`),
    consequences: [
      t(`class.${level}.1`),
      t(`class.${level}.2`),
      t(`class.${level}.3`),
      t(`class.${level}.4`),
    ],
  }));
  return (
    <section className={styles["class"]} data-error={error !== undefined || undefined} tabIndex={-1}>
      <h2 className={styles["label"]}>{t("class")}</h2>
      <p className={styles["hint"]}>{t("class.lead")}</p>
      <ClassCards
        label={t("class")}
        value={draft.confidentiality}
        cards={cards}
        onChange={(confidentiality) => set({ confidentiality })}
      />
      {error !== undefined && <FieldError>{error}</FieldError>}
      <Contradictions field="confidentiality" />
      <Contradictions field="encryption" />
    </section>
  );
}
