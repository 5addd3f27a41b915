import Keyboard from "lucide-react/icons/keyboard";
import Languages from "lucide-react/icons/languages";
import Mic from "lucide-react/icons/mic";
import type { ReactNode } from "react";
import type { PageUpdate } from "../../app-shell/page-update.ts";
import { useWords } from "../../i18n/words.ts";
import type { ThemeChoice } from "../../theme/theme.ts";
import { Button } from "../../ui/button.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { SelectBox } from "../../ui/select-field.tsx";
import { SettingGroup, SettingRow, type SettingGroupProps } from "../../ui/setting-row.tsx";
import { Switch } from "../../ui/switch.tsx";
import { Source } from "./server-rows.tsx";

export interface DeviceProps {
  name: string;
  lang: "ja" | "en";
  theme: ThemeChoice;
  shortcuts: boolean;
  chime: boolean;
  noiseSuppression: boolean;
  update: PageUpdate["state"];
  onCheckUpdate: () => void;
  onLanguage: (lang: "ja" | "en") => void;
  onTheme: (theme: ThemeChoice) => void;
  onShortcuts: (on: boolean) => void;
  onChime: (on: boolean) => void;
  onNoiseSuppression: (on: boolean) => void;
}

export interface DeviceGroupsProps extends DeviceProps {
  columns: SettingGroupProps["columns"];
  shown: (label: string, find: string) => boolean;
  onRenaming: () => void;
}

/** What this device keeps, and what the account says about itself. */
export function DeviceGroups(props: DeviceGroupsProps): ReactNode {
  const t = useWords("me");
  const visible = <Id extends "noise" | "chime" | "keys" | DisplayId>(ids: readonly Id[]) =>
    ids.filter((id) => props.shown(t(`label.${id}`), t(`find.${id}`)));
  const media = visible(["noise"]);
  const keys = visible(["chime", "keys"]);
  const display = visible(["name", "language", "theme", "timeZone", "page"]);
  return (
    <>
      {media.length > 0 && (
        <SettingGroup title={t("group.media")} icon={<Mic />} columns={props.columns}>
          <DeviceSwitch id="noise" on={props.noiseSuppression} first onChange={props.onNoiseSuppression} />
        </SettingGroup>
      )}
      {keys.length > 0 && (
        <SettingGroup title={t("group.keys")} icon={<Keyboard />} columns={props.columns}>
          {keys.includes("chime") && (
            <DeviceSwitch id="chime" on={props.chime} first onChange={props.onChime} />
          )}
          {keys.includes("keys") && (
            <DeviceSwitch id="keys" on={props.shortcuts} first onChange={props.onShortcuts} />
          )}
        </SettingGroup>
      )}
      {display.length > 0 && (
        <SettingGroup title={t("group.display")} icon={<Languages />} columns={props.columns}>
          {display.map((id) => (
            <DisplayRow key={id} {...props} id={id} />
          ))}
        </SettingGroup>
      )}
    </>
  );
}

interface DeviceSwitchProps {
  id: "noise" | "chime" | "keys";
  on: boolean;
  /** What a device begins with. */
  first: boolean;
  onChange: (on: boolean) => void;
}

function DeviceSwitch({ id, on, first, onChange }: DeviceSwitchProps): ReactNode {
  const t = useWords("me");
  return (
    <SettingRow
      label={t(`label.${id}`)}
      hint={t(`hint.${id}`)}
      value={on ? t("on") : t("off")}
      source={<Source source={on === first ? "default" : "mine"} />}
      action={<Switch on={on} label={t(`label.${id}`)} onChange={onChange} />}
    />
  );
}

type DisplayId = "name" | "language" | "theme" | "timeZone" | "page";

function DisplayRow(props: DeviceGroupsProps & { id: DisplayId }): ReactNode {
  const t = useWords("me");
  const { timeZone } = useUiLocale();
  const { id, lang, theme } = props;
  const mine = <Source source="mine" />;
  if (id === "name")
    return (
      <SettingRow
        label={t("label.name")}
        hint={t("hint.name")}
        value={<bdi>{props.name}</bdi>}
        source={mine}
        action={<Button onClick={props.onRenaming}>{t("change")}</Button>}
      />
    );
  if (id === "language") {
    const options = (["ja", "en"] as const).map((value) => ({ value, label: t(`language.${value}`) }));
    const action = (
      <SelectBox
        aria-label={t("label.language")}
        value={lang}
        options={options}
        onChange={props.onLanguage}
      />
    );
    return (
      <SettingRow label={t("label.language")} value={t(`language.${lang}`)} source={mine} action={action} />
    );
  }
  if (id === "timeZone")
    return (
      <SettingRow
        label={t("label.timeZone")}
        hint={t("hint.timeZone")}
        value={timeZone}
        source={<Source source="default" />}
        action={undefined}
      />
    );
  if (id === "page")
    return (
      <SettingRow
        label={t("label.page")}
        hint={t("hint.page")}
        value={t(`page.${props.update}`)}
        action={<Button onClick={props.onCheckUpdate}>{t("page.check")}</Button>}
      />
    );
  return <ThemeRow theme={theme} onTheme={props.onTheme} />;
}

function ThemeRow({ theme, onTheme }: Pick<DeviceProps, "theme" | "onTheme">): ReactNode {
  const t = useWords("me");
  const options = (["device", "light", "dark"] as const).map((value) => ({
    value,
    label: t(`theme.${value}`),
  }));
  return (
    <SettingRow
      label={t("label.theme")}
      hint={t("hint.theme")}
      value={t(`theme.${theme}`)}
      source={<Source source={theme === "device" ? "default" : "mine"} />}
      action={<SelectBox aria-label={t("label.theme")} value={theme} options={options} onChange={onTheme} />}
    />
  );
}
