import { useMemo, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DateBox, TimeBox } from "../../ui/date-field.tsx";
import { formatTime, zoneName } from "../../ui/date-format.ts";
import { FieldBox } from "../../ui/field.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { SelectBox, SelectField, type Option } from "../../ui/select-field.tsx";
import { TextField } from "../../ui/text-field.tsx";
import { useForm } from "./form-context.ts";
import { RepeatField } from "./repeat-field.tsx";
import styles from "./schedule.module.css";
import { toInstant } from "./zoned.ts";

export function WhenFields(): ReactNode {
  return (
    <>
      <TopicField />
      <StartField />
      <DurationField />
      <RepeatField />
      <ZoneField />
    </>
  );
}

function TopicField(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  return (
    <TextField
      label={t("topic")}
      hint={draft.confidentiality === "high" ? t("topic.high") : undefined}
      maxLength={200}
      autoComplete="off"
      value={draft.topic}
      onChange={(topic) => set({ topic })}
      onBlur={checks.leave("topic")}
      error={checks.errorOf("topic")}
    />
  );
}

function StartField(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const [date = "", time = ""] = draft.start.split("T");
  const error = checks.errorOf("start");
  return (
    <FieldBox group label={t("start")} error={error}>
      {({ describedBy }) => (
        <div className={styles["row"]}>
          <DateBox
            label={t("start.date")}
            value={date}
            onChange={(next) => set({ start: `${next}T${time}` })}
            describedBy={describedBy}
            invalid={error !== undefined}
          />
          <TimeBox
            label={t("start.time")}
            value={time}
            onChange={(next) => set({ start: `${date}T${next}` })}
            invalid={error !== undefined}
          />
        </div>
      )}
    </FieldBox>
  );
}

const HOURS = Array.from({ length: 25 }, (_, hour) => ({ value: String(hour), label: String(hour) }));

function DurationField(): ReactNode {
  const { draft, set, checks } = useForm();
  const t = useWords("schedule");
  const { lang } = useUiLocale();
  const hours = Math.floor(draft.durationMinutes / 60);
  const minutes = draft.durationMinutes % 60;
  const steps = [...new Set([0, 5, 10, 15, 20, 30, 40, 45, 50, minutes])].sort((a, b) => a - b);
  const end = toInstant(draft.start, draft.timeZone) + draft.durationMinutes * 60_000;
  const time = formatTime(end, { lang, timeZone: draft.timeZone });
  return (
    <FieldBox group label={t("duration")} error={checks.errorOf("duration")}>
      {() => (
        <div className={styles["row"]}>
          <SelectBox
            aria-label={t("duration.h")}
            value={String(hours)}
            options={HOURS}
            onChange={(next) => set({ durationMinutes: Math.min(1440, Number(next) * 60 + minutes) })}
          />
          <span>{t("duration.hours")}</span>
          <SelectBox
            aria-label={t("duration.m")}
            value={String(minutes)}
            options={steps.map((step) => ({ value: String(step), label: String(step) }))}
            onChange={(next) => set({ durationMinutes: Math.min(1440, hours * 60 + Number(next)) })}
          />
          <span>{t("duration.minutes")}</span>
          <span className={styles["hint"]}>{t("duration.end", { time })}</span>
        </div>
      )}
    </FieldBox>
  );
}

function ZoneField(): ReactNode {
  const { draft, set, now } = useForm();
  const t = useWords("schedule");
  const options = useMemo(() => zoneOptions(t("zone.tokyo"), now), [t, now]);
  const known = options.some((option) => option.value === draft.timeZone);
  return (
    <SelectField
      label={t("zone")}
      value={draft.timeZone}
      options={known ? options : [{ value: draft.timeZone, label: draft.timeZone }, ...options]}
      onChange={(timeZone) => set({ timeZone })}
    />
  );
}

/** Tokyo first; the rest by name, each with its short name of today. */
function zoneOptions(tokyo: string, now: number): readonly Option[] {
  const others = Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "Asia/Tokyo");
  return [
    { value: "Asia/Tokyo", label: tokyo },
    ...others.map((zone) => ({
      value: zone,
      label: `${zone.replaceAll("_", " ")} (${zoneName(now, zone)})`,
    })),
  ];
}
