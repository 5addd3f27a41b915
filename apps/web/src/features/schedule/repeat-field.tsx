import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox, Radios } from "../../ui/choice.tsx";
import { DateText } from "../../ui/date-text.tsx";
import { FieldBox } from "../../ui/field.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { SelectBox } from "../../ui/select-field.tsx";
import { useForm } from "./form-context.ts";
import { defaultRepeat, WEEKDAYS, type Repeat } from "./recurrence.ts";
import { RepeatEndFields } from "./repeat-end.tsx";
import { monthlyWords, ruleWords, weekdayName } from "./rule-words.ts";
import styles from "./schedule.module.css";

export function RepeatField(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const { recurrence } = draft;
  return (
    <FieldBox group label={t("repeat")} error={checks.errorOf("repeat")}>
      {() => (
        <>
          <Checkbox
            checked={recurrence !== null}
            onChange={(on) => set({ recurrence: on ? defaultRepeat(draft.start.slice(0, 10)) : null })}
          >
            {t("repeat.on")}
          </Checkbox>
          {recurrence !== null && !("rule" in recurrence) && (
            <Editor repeat={recurrence} change={(part) => set({ recurrence: { ...recurrence, ...part } })} />
          )}
          {recurrence !== null && <Outcome />}
        </>
      )}
    </FieldBox>
  );
}

export interface EditorProps {
  repeat: Repeat;
  change: (part: Partial<Repeat>) => void;
}

const INTERVALS = Array.from({ length: 12 }, (_, index) => ({
  value: String(index + 1),
  label: String(index + 1),
}));
const FREQUENCIES = ["DAILY", "WEEKLY", "MONTHLY", "YEARLY"] as const;

function Editor({ repeat, change }: EditorProps): ReactNode {
  const t = useWords("schedule");
  const known = INTERVALS.some((option) => option.value === String(repeat.interval));
  const own = { value: String(repeat.interval), label: String(repeat.interval) };
  return (
    <div className={styles["well"]}>
      <div className={styles["row"]}>
        <SelectBox
          aria-label={t("repeat.every")}
          value={String(repeat.interval)}
          options={known ? INTERVALS : [...INTERVALS, own]}
          onChange={(next) => change({ interval: Number(next) })}
        />
        <SelectBox
          aria-label={t("repeat.frequency")}
          value={repeat.frequency}
          options={FREQUENCIES.map((value) => ({ value, label: t(`repeat.${value}`) }))}
          onChange={(frequency) => change({ frequency })}
        />
      </div>
      {repeat.frequency === "WEEKLY" && <Days repeat={repeat} change={change} />}
      {repeat.frequency === "MONTHLY" && <Monthly repeat={repeat} change={change} />}
      <RepeatEndFields repeat={repeat} change={change} />
    </div>
  );
}

function Days({ repeat, change }: EditorProps): ReactNode {
  const t = useWords("schedule");
  const { lang } = useUiLocale();
  const toggle = (day: Repeat["days"][number], on: boolean) => {
    const days = on ? [...repeat.days, day] : repeat.days.filter((one) => one !== day);
    // A week without a day is no rule; the last one stays.
    if (days.length > 0) change({ days });
  };
  return (
    <div role="group" aria-label={t("repeat.days")} className={styles["days"]}>
      {WEEKDAYS.map((day) => (
        <label key={day} className={styles["day"]}>
          <input
            type="checkbox"
            className="sr-only"
            checked={repeat.days.includes(day)}
            aria-label={weekdayName(day, lang)}
            onChange={(event) => toggle(day, event.target.checked)}
          />
          <span aria-hidden="true">{weekdayName(day, lang, "short")}</span>
        </label>
      ))}
    </div>
  );
}

function Monthly({ repeat, change }: EditorProps): ReactNode {
  const { draft } = useForm();
  const t = useWords("schedule");
  const { lang } = useUiLocale();
  const date = draft.start.slice(0, 10);
  return (
    <Radios
      label={t("repeat.monthly")}
      value={repeat.monthly}
      options={[
        { value: "date", label: monthlyWords(t, date, lang, "date") },
        { value: "weekday", label: monthlyWords(t, date, lang, "weekday") },
      ]}
      onChange={(monthly) => change({ monthly })}
    />
  );
}

/** The rule in words and the next three dates, as the server works them out (MTG-2). */
function Outcome(): ReactNode {
  const { draft, preview } = useForm();
  const t = useWords("schedule");
  const { lang } = useUiLocale();
  if (draft.recurrence === null) return null;
  const dates = preview?.nextOccurrences.slice(0, 3) ?? [];
  return (
    <div className={styles["outcome"]}>
      <p className={styles["rule"]}>{ruleWords(t, draft.recurrence, draft.start, lang)}</p>
      {dates.length > 0 && (
        <ul aria-label={t("rule.next")}>
          {dates.map((one) => (
            <li key={one.startsAt}>
              <DateText from={one.startsAt} to={one.endsAt} />
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
