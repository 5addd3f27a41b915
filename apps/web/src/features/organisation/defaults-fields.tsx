import type { OrganisationRulesView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Checkbox } from "../../ui/choice.tsx";
import { Fields } from "../../ui/field.tsx";
import { SelectField } from "../../ui/select-field.tsx";

type Defaults = OrganisationRulesView["defaults"];

export interface DefaultsFieldsProps {
  value: Defaults;
  onChange: (next: Defaults) => void;
}

const MINUTES = [15, 20, 30, 45, 60, 90, 120, 180, 240];

/** What a new meeting starts with. High is not offered, since it cannot be saved on this server. */
export function DefaultsFields({ value, onChange }: DefaultsFieldsProps): ReactNode {
  const t = useWords("organisation");
  const common = useWords("common");
  const set = (change: Partial<Defaults>) => onChange({ ...value, ...change });
  const minutes = [...new Set([...MINUTES, value.durationMinutes])].toSorted((a, b) => a - b);
  return (
    <Fields>
      <SelectField
        label={t("class")}
        value={value.confidentiality ?? "none"}
        options={[
          { value: "none", label: t("class.none") },
          { value: "medium", label: common("classShort.medium") },
          { value: "low", label: common("classShort.low") },
        ]}
        onChange={(level) => set({ confidentiality: level === "none" ? null : level })}
      />
      <SelectField
        label={t("duration")}
        value={String(value.durationMinutes)}
        options={minutes.map((count) => ({ value: String(count), label: t("duration.value", { count }) }))}
        onChange={(count) => set({ durationMinutes: Number(count) })}
      />
      <div>
        <Checkbox
          checked={value.muteOnEntry}
          hint={t("mute.hint")}
          onChange={(muteOnEntry) => set({ muteOnEntry })}
        >
          {t("mute")}
        </Checkbox>
        <Checkbox checked={value.hostVideo} onChange={(hostVideo) => set({ hostVideo })}>
          {t("hostVideo")}
        </Checkbox>
        <Checkbox checked={value.participantVideo} onChange={(participantVideo) => set({ participantVideo })}>
          {t("participantVideo")}
        </Checkbox>
      </div>
    </Fields>
  );
}
