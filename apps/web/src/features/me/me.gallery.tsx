import type { OwnSettings, SettingRowView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { wordsOf } from "../../i18n/words.ts";
import { MeView, type MeViewProps } from "./me-view.tsx";

const quiet = () => undefined;
const day = 86_400_000;
const at = Date.UTC(2026, 10, 18, 1, 0);
const row = (
  id: SettingRowView["id"],
  value: SettingRowView["value"],
  source: SettingRowView["source"],
): SettingRowView => ({ id, value, source, changed: null });

const settings: OwnSettings = {
  stamp: "a".repeat(64),
  seenAt: at - 9 * day,
  defaults: {
    confidentiality: "medium",
    muteOnEntry: true,
    hostVideo: false,
    participantVideo: false,
    durationMinutes: 50,
  },
  rows: [
    row("recordingAutomatic", "off", "server"),
    row("recordingOnShare", "off", "server"),
    row("recordingCloud", "off", "server"),
    row("confidentiality", "medium", "mine"),
    row("durationMinutes", 50, "organisation"),
    row("visibility", "private", "locked"),
    row("muteOnEntry", true, "organisation"),
    row("hostVideo", false, "default"),
    row("participantVideo", true, "mine"),
    row("screenShare", "hosts", "locked"),
    row("screenShareAtMedium", false, "default"),
    row("chat", "everyone", "default"),
    row("rename", "nobody", "default"),
    row("passcodeRequired", true, "locked"),
    row("waitingRoom", true, "locked"),
    row("joinBeforeHost", false, "barriers"),
    row("whoMayJoin", "signedIn", "barriers"),
    row("encryption", "transport", "default"),
    row("files", "off", "server"),
    row("region", null, "server"),
  ],
};

const changes: Partial<Record<SettingRowView["id"], SettingRowView["changed"]>> = {
  recordingCloud: { at: null, by: "server", value: "allowed", source: "default" },
  confidentiality: { at: at + 2 * day, by: "mine", value: null, source: "default" },
  durationMinutes: { at, by: "organisation", value: 60, source: "default" },
  screenShare: { at, by: "organisation", value: "everyone", source: "default" },
  passcodeRequired: { at, by: "organisation", value: true, source: "default" },
  whoMayJoin: { at: at + day, by: "barriers", value: "anyoneWithLink", source: "default" },
};
const changed: OwnSettings = {
  ...settings,
  rows: settings.rows.map((one) => ({ ...one, changed: changes[one.id] ?? null })),
};

const props: Omit<MeViewProps, "lang"> = {
  settings,
  name: "佐久間 里奈",
  theme: "device",
  shortcuts: true,
  chime: true,
  noiseSuppression: false,
  update: "current",
  onCheckUpdate: quiet,
  working: false,
  problem: undefined,
  onChoose: quiet,
  onSeen: quiet,
  onRename: () => Promise.resolve(),
  onLanguage: quiet,
  onTheme: quiet,
  onShortcuts: quiet,
  onChime: quiet,
  onNoiseSuppression: quiet,
};

function state(id: string, own: (lang: "ja" | "en") => Partial<MeViewProps>): GalleryState {
  const render = (lang: "ja" | "en"): ReactNode => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="settings">
      <MeView {...props} lang={lang} {...own(lang)} />
    </Frame>
  );
  return { id, words: ["me", "account", "shell"], render };
}

export const states: readonly GalleryState[] = [
  state("me/settings", () => ({})),
  state("me/settings-changed", () => ({ settings: changed })),
  state("me/settings-first", () => ({ settings: { ...changed, seenAt: null } })),
  state("me/settings-search", (lang) => ({
    settings: changed,
    initialQuery: lang === "ja" ? "レコーディング" : "recording",
  })),
  state("me/settings-nothing", () => ({ initialQuery: "xyz" })),
  state("me/settings-meanwhile", (lang) => ({
    settings: changed,
    problem: wordsOf(lang, "me")("again"),
  })),
  state("me/rename", () => ({ initialRenaming: true })),
];
