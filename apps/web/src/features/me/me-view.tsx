import CalendarDays from "lucide-react/icons/calendar-days";
import Disc from "lucide-react/icons/disc";
import DoorOpen from "lucide-react/icons/door-open";
import ShieldCheck from "lucide-react/icons/shield-check";
import Search from "lucide-react/icons/search";
import type { OwnSettings, SettingRowView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useWords, type Words } from "../../i18n/words.ts";
import { Note } from "../../ui/note.tsx";
import { Stack } from "../../ui/page.tsx";
import { SettingGroup } from "../../ui/setting-row.tsx";
import { DeviceGroups, type DeviceProps } from "./device-rows.tsx";
import { MePage } from "./me-page.tsx";
import styles from "./me.module.css";
import { RenameDialog } from "./rename-dialog.tsx";
import { ServerRow, type OwnChoice } from "./server-rows.tsx";
import { groupOf, SERVER_GROUPS } from "./setting-groups.ts";
import { matches } from "../../app-shell/setting-words.ts";
import { SettingsBanner } from "./settings-banner.tsx";

export interface MeViewProps extends DeviceProps {
  settings: OwnSettings;
  working: boolean;
  problem: string | undefined;
  onChoose: (choice: OwnChoice) => void;
  onSeen: () => void;
  onRename: (name: string) => Promise<void>;
  initialRenaming?: boolean;
  initialQuery?: string;
}

const ICONS = { recording: Disc, meeting: CalendarDays, entry: DoorOpen, data: ShieldCheck } as const;

/** Recording first, as the guide for hosts asks: nobody should find out by surprise (AUD-3). */
export function MeView(props: MeViewProps): ReactNode {
  const t = useWords("me");
  const [renaming, setRenaming] = useState(props.initialRenaming ?? false);
  const [query, setQuery] = useState(props.initialQuery ?? "");
  const columns = [t("col.setting"), t("col.value"), t("col.source"), t("col.action")] as const;
  const shown = (label: string, find: string) => matches([label, find], query);
  const device = (
    <DeviceGroups {...props} columns={columns} shown={shown} onRenaming={() => setRenaming(true)} />
  );
  return (
    <MePage now="settings" actions={<SearchBox query={query} onQuery={setQuery} />}>
      <Stack gap="field">
        <SettingsBanner settings={props.settings} onSeen={props.onSeen} />
        {props.problem !== undefined && (
          <Note tone="danger" role="alert">
            {props.problem}
          </Note>
        )}
        {SERVER_GROUPS.map((group) => {
          const Icon = ICONS[group];
          const rows = props.settings.rows.filter(
            ({ id }) => groupOf(id) === group && shown(t(`label.${id}`), t(`find.${id}`)),
          );
          if (rows.length === 0) return null;
          return (
            <SettingGroup key={group} title={t(`group.${group}`)} icon={<Icon />} columns={columns}>
              {rows.map((row) => (
                <ServerRow key={row.id} row={row} hint={hintOf(t, row.id)} onChoose={props.onChoose} />
              ))}
            </SettingGroup>
          );
        })}
        {device}
        <p role="status" className={styles["none"]}>
          {query !== "" && !isAnythingShown(t, props, shown) && t("none")}
        </p>
      </Stack>
      {renaming && <RenameDialog {...props} onClose={() => setRenaming(false)} />}
    </MePage>
  );
}

const DEVICE_ROWS = ["noise", "chime", "keys", "name", "language", "theme", "timeZone", "page"] as const;

function isAnythingShown(
  t: Words<"me">,
  { settings }: MeViewProps,
  shown: (label: string, find: string) => boolean,
): boolean {
  const ids = [...settings.rows.map(({ id }) => id), ...DEVICE_ROWS];
  return ids.some((id) => shown(t(`label.${id}`), t(`find.${id}`)));
}

const WITH_HINT = [
  ...(["recordingAutomatic", "recordingOnShare", "recordingCloud", "confidentiality", "visibility"] as const),
  ...(["muteOnEntry", "passcodeRequired", "waitingRoom", "joinBeforeHost"] as const),
  ...(["encryption", "files", "region"] as const),
];

function hintOf(t: Words<"me">, id: SettingRowView["id"]): string | undefined {
  const known = WITH_HINT.find((one) => one === id);
  return known === undefined ? undefined : t(`hint.${known}`);
}

function SearchBox({ query, onQuery }: { query: string; onQuery: (query: string) => void }): ReactNode {
  const t = useWords("me");
  return (
    <label className={styles["search"]}>
      <Search />
      <span className="sr-only">{t("search")}</span>
      <input
        type="search"
        value={query}
        placeholder={t("search")}
        maxLength={64}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => onQuery(event.target.value)}
      />
    </label>
  );
}
