import type { PolicyField } from "@sekisho/domain";
import type { ReactNode } from "react";
import { EndToEndOff } from "../../app-shell/end-to-end-off.tsx";
import { useWords } from "../../i18n/words.ts";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { Badge } from "../../ui/note.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import {
  choiceOf,
  differsFrom,
  FLOOR,
  GROUPS,
  hasDefault,
  valuesOf,
  withChoice,
  type Choice,
  type Level,
  type Rules,
} from "./class-model.ts";
import styles from "./classes.module.css";

export interface ClassRowsProps {
  level: Level;
  rules: Rules;
  standard: Rules;
  onChange: (next: Rules) => void;
}

/** Each field with two controls, since a lock and a default are two things (MTG-7), and what follows in plain words. */
export function ClassRows(props: ClassRowsProps): ReactNode {
  const t = useWords("classes");
  const changed = differsFrom(props.standard, props.rules);
  return GROUPS.map((fields, index) => (
    <section key={fields[0]} className={styles["group"]}>
      <h2 className={styles["group-title"]}>{t.maybe(`group.${index}`)}</h2>
      {fields.map((field) => (
        <Row key={field} {...props} field={field} changed={changed.includes(field)} />
      ))}
    </section>
  ));
}

interface RowProps extends ClassRowsProps {
  field: PolicyField;
  changed: boolean;
}

function Row({ level, rules, standard, field, changed, onChange }: RowProps): ReactNode {
  const t = useWords("classes");
  const say = useConsequence(field);
  const label = t(`field.${field}`);
  const lock = choiceOf(rules.locks, field);
  const fixed = level === "high" && FLOOR.includes(field);
  const strict = valuesOf(field).slice(0, -1);
  return (
    <div className={styles["row"]} role="group" aria-label={label}>
      <p className={styles["label"]}>
        {label}
        {changed && (
          <Badge tone="warn">{t("changed", { standard: standardText(t, say, standard, field) })}</Badge>
        )}
      </p>
      <div className={styles["part"]}>
        <span className={styles["part-name"]}>{t("lock")}</span>
        {fixed ? (
          <span className={styles["held"]}>
            {say(lock)}
            <FixedBy>{t("floor")}</FixedBy>
          </span>
        ) : (
          <SelectBox
            aria-label={t("lock.of", { field: label })}
            value={lock}
            options={[
              { value: "none", label: t("lock.none") },
              ...strict.map((_value, place) => ({ value: `${place}` as const, label: say(`${place}`) })),
            ]}
            onChange={(choice: Choice) => onChange(withChoice(rules, "locks", field, choice))}
          />
        )}
      </div>
      {hasDefault(field) && <Default {...{ rules, field, label, onChange }} />}
      {field === "encryption" && <EndToEndOff />}
    </div>
  );
}

function Default({
  rules,
  field,
  label,
  onChange,
}: Pick<RowProps, "rules" | "field" | "onChange"> & { label: string }): ReactNode {
  const t = useWords("classes");
  const say = useConsequence(field);
  return (
    <div className={styles["part"]}>
      <span className={styles["part-name"]}>{t("default")}</span>
      <SelectBox
        aria-label={t("default.of", { field: label })}
        value={choiceOf(rules.defaults, field)}
        options={[
          { value: "none", label: t("default.none") },
          ...valuesOf(field).map((_value, place) => ({ value: `${place}` as const, label: say(`${place}`) })),
        ]}
        onChange={(choice: Choice) => onChange(withChoice(rules, "defaults", field, choice))}
      />
    </div>
  );
}

type Say = (choice: Choice) => string;

/** The consequence of a value, in the words that hosts read beside their form. */
function useConsequence(field: PolicyField): Say {
  const rules = useWords("rules");
  const t = useWords("classes");
  return (choice) => {
    if (choice === "none") return t("lock.none");
    const value = String(valuesOf(field)[Number(choice)]);
    return rules.maybe(`${field}.${value}.note`) ?? rules.maybe(`${field}.${value}`) ?? value;
  };
}

function standardText(
  t: ReturnType<typeof useWords<"classes">>,
  say: Say,
  { locks, defaults }: Rules,
  field: PolicyField,
) {
  const lock = choiceOf(locks, field);
  const start = choiceOf(defaults, field);
  if (start === "none") return say(lock);
  return t("standard.both", { lock: say(lock), start: say(start) });
}
