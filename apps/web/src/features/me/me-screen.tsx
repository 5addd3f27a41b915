import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState, useSyncExternalStore, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { setDeviceSetting, useDeviceSetting } from "../../app-shell/device-setting.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useMe } from "../../app-shell/me.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { usePageUpdate } from "../../app-shell/page-update.ts";
import { codeOf, problemText } from "../../app-shell/problem.ts";
import { UpdateDialog } from "../../app-shell/update-dialog.tsx";
import { setLanguage, useLanguage, useWords } from "../../i18n/words.ts";
import { preferences, setPreferences, subscribePreferences } from "../../media/preferences.ts";
import { setThemeChoice, useThemeChoice } from "../../theme/theme.ts";
import { toast } from "../../ui/toast.tsx";
import { MeView } from "./me-view.tsx";
import { useOwnSettings } from "./use-own-settings.ts";

export function MeScreen(): ReactNode {
  const t = useWords("me");
  const account = useWords("account");
  const me = useMe();
  const client = useQueryClient();
  const settings = useOwnSettings();
  const device = useDevice();
  usePageTitle(t("title"));
  const save = useMutation({
    mutationFn: (body: { displayName?: string; locale?: "ja" | "en" }) => call("PATCH", "/api/me", { body }),
    onSuccess: (next) => client.setQueryData(["me"], next),
  });
  const rename = async (displayName: string) => {
    await save.mutateAsync({ displayName });
    toast(t("saved"));
  };
  const lang = useLanguage();
  const switchLanguage = (next: "ja" | "en") => {
    const before = lang;
    void setLanguage(next).then(() => {
      save.mutate({ locale: next });
      toast(t("saved"), () => void setLanguage(before).then(() => save.mutate({ locale: before })));
    });
  };
  const { state: update } = usePageUpdate();
  const [checking, setChecking] = useState(false);
  const error = save.error ?? settings.error;
  const again = codeOf(error) === "settings_changed" ? t("again") : undefined;
  return (
    <Loaded query={settings.query}>
      {(own) => (
        <>
          <MeView
            {...device}
            settings={own}
            name={me.displayName}
            lang={lang}
            update={update}
            problem={error === null ? undefined : (again ?? problemText(account, error))}
            working={save.isPending}
            onChoose={settings.choose}
            onSeen={() => settings.seen.mutate(own.stamp)}
            onRename={rename}
            onLanguage={switchLanguage}
            onCheckUpdate={() => setChecking(true)}
          />
          {checking && <UpdateDialog onClose={() => setChecking(false)} />}
        </>
      )}
    </Loaded>
  );
}

/** Each acts at once and can be taken back. */
function useDevice() {
  const t = useWords("me");
  const theme = useThemeChoice();
  const shortcuts = useDeviceSetting("shortcuts");
  const { chime, noiseSuppression } = useSyncExternalStore(subscribePreferences, preferences);
  const acting =
    <Value,>(set: (value: Value) => void, before: Value) =>
    (next: Value) => {
      set(next);
      toast(t("saved"), () => set(before));
    };
  return {
    theme,
    chime,
    noiseSuppression,
    shortcuts: shortcuts === "on",
    onTheme: acting(setThemeChoice, theme),
    onShortcuts: acting(
      (on: boolean) => setDeviceSetting("shortcuts", on ? "on" : "off"),
      shortcuts === "on",
    ),
    onChime: acting((on: boolean) => setPreferences({ chime: on }), chime),
    onNoiseSuppression: acting((on: boolean) => setPreferences({ noiseSuppression: on }), noiseSuppression),
  };
}
