import type { ReactNode } from "react";
import { EndToEndOff } from "../../app-shell/end-to-end-off.tsx";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { ClassCards, type ClassCard } from "../../ui/class-cards.tsx";
import { FieldError } from "../../ui/field.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Contradictions } from "./contradiction-note.tsx";
import type { Level } from "./draft.ts";
import { useForm } from "./form-context.ts";
import { needsAcceptance } from "./problems.ts";
import styles from "./schedule.module.css";

const LEVELS: readonly Level[] = ["high", "medium", "low"];

/** The first question; what follows stands on each card, with the organisation's own words for the class (CNF-2). */
export function ClassField(): ReactNode {
  const { draft, classes, chooseClass, preview, checks } = useForm();
  const t = useWords("schedule");
  const common = useWords("common");
  const { lang } = useUiLocale();
  const error = checks.errorOf("level");
  const cards = LEVELS.map((level): ClassCard => ({
    level,
    name: common(`classShort.${level}`),
    use: classes[level].definition[lang] || t(`class.${level}.use`),
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
      <ClassCards label={t("class")} value={draft.confidentiality} cards={cards} onChange={chooseClass} />
      <EndToEndOff />
      {error !== undefined && <FieldError>{error}</FieldError>}
      <Contradictions field="confidentiality" />
      <Contradictions field="encryption" />
      {needsAcceptance(draft, preview) && <Acceptance />}
    </section>
  );
}

/** 002, 4.1 (2): the risk is accepted in so many words or there is no meeting at medium (CNF-1). */
function Acceptance(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const error = checks.errorOf("risk");
  return (
    <div className={styles["well"]}>
      <Checkbox
        checked={draft.transportRiskAccepted}
        hint={t("risk.hint")}
        error={error !== undefined}
        onChange={(transportRiskAccepted) => set({ transportRiskAccepted })}
      >
        {t("risk")}
      </Checkbox>
      {error !== undefined && <FieldError>{error}</FieldError>}
    </div>
  );
}
