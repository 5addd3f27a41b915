import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { Note } from "../../ui/note.tsx";
import type { Draft } from "./draft.ts";
import { useHeld } from "./effective.tsx";
import { useForm } from "./form-context.ts";
import styles from "./schedule.module.css";

/** INV-4: on by class, or by the host's choice. */
export function AgreementRow(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld("agreement");
  const on = held.fixedBy === undefined ? draft.agreement : held.value === true;
  return (
    <div className={styles["advanced-row"]}>
      <Checkbox
        checked={on}
        hint={t("agreement.hint")}
        fixedBy={held.fixedBy}
        onChange={(agreement) => set({ agreement })}
      >
        {t("agreement")}
      </Checkbox>
    </div>
  );
}

/** From open to strict. */
const RULES = ["free", "withAffiliation", "registered"] as const satisfies readonly Draft["nameRule"][];

/** INV-6. What is fixed can still be made stricter, never opener. */
export function NameRuleField(): ReactNode {
  const { draft, set } = useForm();
  const t = useWords("schedule");
  const held = useHeld("nameRule");
  const least = held.fixedBy === undefined ? 0 : RULES.findIndex((one) => one === held.value);
  const chosen = Math.max(RULES.indexOf(draft.nameRule), least);
  return (
    <FieldBox group label={t("nameRule")} hint={t("nameRule.hint")} aside={held.fixedBy}>
      {({ describedBy }) => (
        <Radios
          label={t("nameRule")}
          describedBy={describedBy}
          value={RULES[chosen]}
          options={RULES.map((value, index) => ({
            value,
            label: t(`nameRule.${value}`),
            hint: t(`nameRule.${value}.example`),
            ...(index < least ? { refused: held.fixedBy } : {}),
          }))}
          onChange={(nameRule) => set({ nameRule })}
        />
      )}
    </FieldBox>
  );
}

/** At high and medium material goes ahead, by a safe way, and not through the meeting (seed chapter 5). */
export function MaterialsHint(): ReactNode {
  const { draft } = useForm();
  const t = useWords("schedule");
  const level = draft.confidentiality;
  return level === "high" || level === "medium" ? <Note>{t(`materials.${level}`)}</Note> : null;
}
