import CalendarDays from "lucide-react/icons/calendar-days";
import Disc from "lucide-react/icons/disc";
import Keyboard from "lucide-react/icons/keyboard";
import Languages from "lucide-react/icons/languages";
import type { OrganisationRulesView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import type { ThemeChoice } from "../../theme/theme.ts";
import { Button } from "../../ui/button.tsx";
import { Switch } from "../../ui/switch.tsx";
import { FixedBy } from "../../ui/fixed-by.tsx";
import { Stack } from "../../ui/page.tsx";
import { SelectBox } from "../../ui/select-field.tsx";
import { SettingGroup, SettingRow } from "../../ui/setting-row.tsx";
import { MePage } from "./me-page.tsx";
import { MeetingDefaults } from "./meeting-defaults.tsx";
import { RenameDialog } from "./rename-dialog.tsx";

export interface MeViewProps {
  name: string;
  rules: OrganisationRulesView;
  lang: "ja" | "en";
  theme: ThemeChoice;
  shortcuts: boolean;
  working: boolean;
  problem: string | undefined;
  onRename: (name: string) => Promise<void>;
  onLanguage: (lang: "ja" | "en") => void;
  onTheme: (theme: ThemeChoice) => void;
  onShortcuts: (on: boolean) => void;
  initialRenaming?: boolean;
}

/** Recording first, as the guide for hosts asks: nobody should find out by surprise. */
export function MeView(props: MeViewProps): ReactNode {
  const t = useWords("me");
  const [renaming, setRenaming] = useState(props.initialRenaming ?? false);
  const columns = [t("col.setting"), t("col.value"), t("col.source"), t("col.action")] as const;
  return (
    <MePage now="settings">
      <Stack gap="field">
        <SettingGroup title={t("group.recording")} icon={<Disc />} columns={columns}>
          <SettingRow
            label={t("recording.label")}
            hint={t("recording.hint")}
            value={t("recording.value")}
            source={<FixedBy>{t("source.server")}</FixedBy>}
            action={t("fixed")}
          />
        </SettingGroup>
        <SettingGroup title={t("group.meeting")} icon={<CalendarDays />} columns={columns}>
          <MeetingDefaults rules={props.rules} />
        </SettingGroup>
        <SettingGroup title={t("group.display")} icon={<Languages />} columns={columns}>
          <Display {...props} onRenaming={() => setRenaming(true)} />
        </SettingGroup>
        <SettingGroup title={t("group.keys")} icon={<Keyboard />} columns={columns}>
          <SettingRow
            label={t("keys.label")}
            hint={t("keys.hint")}
            value={props.shortcuts ? t("on") : t("off")}
            source={t("source.me")}
            action={<Switch on={props.shortcuts} label={t("keys.label")} onChange={props.onShortcuts} />}
          />
        </SettingGroup>
      </Stack>
      {renaming && <RenameDialog {...props} onClose={() => setRenaming(false)} />}
    </MePage>
  );
}

function Display(props: MeViewProps & { onRenaming: () => void }): ReactNode {
  const t = useWords("me");
  return (
    <>
      <SettingRow
        label={t("name.label")}
        hint={t("name.hint")}
        value={<bdi>{props.name}</bdi>}
        source={t("source.me")}
        action={<Button onClick={props.onRenaming}>{t("change")}</Button>}
      />
      <SettingRow
        label={t("language.label")}
        value={t(`language.${props.lang}`)}
        source={t("source.me")}
        action={
          <SelectBox
            aria-label={t("language.label")}
            value={props.lang}
            options={[
              { value: "ja", label: t("language.ja") },
              { value: "en", label: t("language.en") },
            ]}
            onChange={props.onLanguage}
          />
        }
      />
      <SettingRow
        label={t("theme.label")}
        hint={t("theme.hint")}
        value={t(`theme.${props.theme}`)}
        source={t("source.me")}
        action={
          <SelectBox
            aria-label={t("theme.label")}
            value={props.theme}
            options={[
              { value: "device", label: t("theme.device") },
              { value: "light", label: t("theme.light") },
              { value: "dark", label: t("theme.dark") },
            ]}
            onChange={props.onTheme}
          />
        }
      />
    </>
  );
}
