import Building2 from "lucide-react/icons/building-2";
import Circle from "lucide-react/icons/circle";
import Lock from "lucide-react/icons/lock";
import User from "lucide-react/icons/user";
import type { OwnSettings, SettingRowView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import { SettingRow } from "../../ui/setting-row.tsx";
import { Switch } from "../../ui/switch.tsx";
import styles from "./me.module.css";
import { useDay } from "./use-day.ts";
import { changeText, valueText } from "../../app-shell/setting-words.ts";

export type Defaults = OwnSettings["defaults"];
export type OwnChoice = { readonly set: Partial<Defaults>; readonly clear: (keyof Defaults)[] };

export interface ServerRowProps {
  row: SettingRowView;
  hint: string | undefined;
  onChoose: (choice: OwnChoice) => void;
}

export function ServerRow({ row, hint, onChoose }: ServerRowProps): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const dateOf = useDay();
  return (
    <SettingRow
      label={t(`label.${row.id}`)}
      hint={hint}
      value={valueText(t, common, row.id, row.value)}
      source={<Source source={row.source} />}
      action={<Action row={row} onChoose={onChoose} />}
      changed={changeText(t, common, row, dateOf)}
    />
  );
}

const ICONS = { default: Circle, mine: User, organisation: Building2 } as const;

export function Source({ source }: { source: SettingRowView["source"] }): ReactNode {
  const t = useWords("me");
  const Icon = source === "default" || source === "mine" || source === "organisation" ? ICONS[source] : Lock;
  return (
    <>
      <Icon />
      <span>{t(`source.${source}`)}</span>
    </>
  );
}

const OPEN = new Set<SettingRowView["source"]>(["default", "mine", "organisation"]);

function Action({ row, onChoose }: Pick<ServerRowProps, "row" | "onChoose">): ReactNode {
  const t = useWords("me");
  const { id, source } = row;
  const own = ownId(id);
  if (own === undefined || !OPEN.has(source)) return OPEN.has(source) ? null : t("fixed");
  return (
    <span className={styles["choose"]}>
      <Choice row={row} onSet={(set) => onChoose({ set, clear: [] })} />
      {source === "mine" && (
        <Button kind="quiet" size="small" onClick={() => onChoose({ set: {}, clear: [own] })}>
          {t("follow")}
        </Button>
      )}
    </span>
  );
}

function Choice({ row, onSet }: { row: SettingRowView; onSet: (set: Partial<Defaults>) => void }): ReactNode {
  const t = useWords("me");
  const common = useWords("common");
  const { id, value } = row;
  const label = t(`label.${id}`);
  const options = (values: readonly SettingRowView["value"][]) =>
    values.map((one) => ({ value: String(one), label: valueText(t, common, id, one) }));
  if (id === "muteOnEntry" || id === "hostVideo" || id === "participantVideo")
    return <Switch on={value === true} label={label} onChange={(on) => onSet({ [id]: on })} />;
  if (id === "confidentiality")
    return (
      <SelectBox
        aria-label={label}
        value={String(value)}
        options={options([null, "medium", "low"])}
        onChange={(next) => onSet({ confidentiality: next === "medium" || next === "low" ? next : null })}
      />
    );
  const lengths = [15, 30, 45, 60, 90, 120, 180];
  const known = typeof value !== "number" || lengths.includes(value) ? lengths : [...lengths, value];
  return (
    <SelectBox
      aria-label={label}
      value={String(value)}
      options={options(known.toSorted((a, b) => a - b))}
      onChange={(next) => onSet({ durationMinutes: Number(next) })}
    />
  );
}

const OWN = ["confidentiality", "durationMinutes", "muteOnEntry", "hostVideo", "participantVideo"] as const;

function ownId(id: SettingRowView["id"]): keyof Defaults | undefined {
  return OWN.find((one) => one === id);
}
