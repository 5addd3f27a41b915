import type { BarrierRulesView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { SelectField } from "../../ui/select-field.tsx";
import { limitChoices, type LimitName } from "./rules-model.ts";

type Limits = BarrierRulesView["staleLimits"];

/** BAR-10: how old the copy of a pulled source may become before it is trusted less. */
export function LimitFields({
  value,
  onChange,
}: {
  value: Limits;
  onChange: (value: Limits) => void;
}): ReactNode {
  const r = useWords("barriers-settings");
  const field = (name: LimitName) => (
    <SelectField
      label={r(`limit.${name}`)}
      hint={r(`limit.${name}.hint`)}
      value={String(value[name] ?? "")}
      onChange={(chosen) => onChange({ ...value, [name]: chosen === "" ? null : Number(chosen) })}
      options={limitChoices(name, value[name]).map((minutes) => ({
        value: String(minutes ?? ""),
        label: minutes === null ? r("limit.none") : limitWords(r, minutes),
      }))}
    />
  );
  return (
    <>
      <p>{r("limit.text")}</p>
      {field("denyNewAfter")}
      {field("closeAfter")}
    </>
  );
}

export function limitWords(r: ReturnType<typeof useWords<"barriers-settings">>, minutes: number): string {
  return minutes % 60 === 0 && minutes > 60
    ? r("limit.hours", { count: minutes / 60 })
    : r("limit.minutes", { count: minutes });
}
