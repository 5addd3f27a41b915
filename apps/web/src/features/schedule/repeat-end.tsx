import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Radios } from "../../ui/choice.tsx";
import { DateBox } from "../../ui/date-field.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import { useForm } from "./form-context.ts";
import type { RepeatEnd } from "./recurrence.ts";
import type { EditorProps } from "./repeat-field.tsx";
import styles from "./schedule.module.css";

const COUNTS = Array.from({ length: 52 }, (_, index) => ({
  value: String(index + 2),
  label: String(index + 2),
}));
const MONTH = 30 * 86_400_000;

export function RepeatEndFields({ repeat, change }: EditorProps): ReactNode {
  const { draft } = useForm();
  const t = useWords("schedule");
  const { end } = repeat;
  const later = new Date(Date.parse(`${draft.start.slice(0, 10)}T00:00Z`) + 3 * MONTH)
    .toISOString()
    .slice(0, 10);
  const starts: { readonly [K in RepeatEnd["kind"]]: RepeatEnd } = {
    never: { kind: "never" },
    count: { kind: "count", count: 10 },
    until: { kind: "until", date: later },
  };
  return (
    <div className={styles["row"]}>
      <Radios
        label={t("repeat.end")}
        value={end.kind}
        options={[
          { value: "never", label: t("repeat.never") },
          { value: "count", label: t("repeat.count") },
          { value: "until", label: t("repeat.until") },
        ]}
        onChange={(kind) => change({ end: starts[kind] })}
      />
      {end.kind === "count" && (
        <>
          <SelectBox
            aria-label={t("repeat.countLabel")}
            value={String(end.count)}
            options={COUNTS}
            onChange={(next) => change({ end: { kind: "count", count: Number(next) } })}
          />
          <span>{t("repeat.times")}</span>
        </>
      )}
      {end.kind === "until" && (
        <DateBox
          label={t("repeat.untilLabel")}
          value={end.date}
          onChange={(date) => change({ end: { kind: "until", date } })}
        />
      )}
    </div>
  );
}
