import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { call } from "../../api/client.ts";
import { setDeviceSetting, useDeviceSetting } from "../../app-shell/device-setting.ts";
import { Loaded } from "../../app-shell/load-state.tsx";
import { useMe } from "../../app-shell/me.ts";
import { usePageTitle } from "../../app-shell/page-title.ts";
import { problemText } from "../../app-shell/problem.ts";
import { setLanguage, useLanguage, useWords } from "../../i18n/words.ts";
import { setThemeChoice, useThemeChoice } from "../../theme/theme.ts";
import { toast } from "../../ui/toast.tsx";
import { MeView } from "./me-view.tsx";

export function MeScreen(): ReactNode {
  const t = useWords("me");
  const account = useWords("account");
  const me = useMe();
  const lang = useLanguage();
  const theme = useThemeChoice();
  const shortcuts = useDeviceSetting("shortcuts");
  const client = useQueryClient();
  usePageTitle(t("title"));
  const organisation = useQuery({
    queryKey: ["organisation"],
    queryFn: () => call("GET", "/api/organisation"),
  });
  const save = useMutation({
    mutationFn: (body: { displayName?: string; locale?: "ja" | "en" }) => call("PATCH", "/api/me", { body }),
    onSuccess: (next) => client.setQueryData(["me"], next),
  });
  const rename = async (displayName: string) => {
    await save.mutateAsync({ displayName });
    toast(t("saved"));
  };
  const switchLanguage = (next: "ja" | "en") => {
    const before = lang;
    void setLanguage(next).then(() => {
      save.mutate({ locale: next });
      toast(t("saved"), () => void setLanguage(before));
    });
  };
  return (
    <Loaded query={organisation}>
      {({ rules }) => (
        <MeView
          name={me.displayName}
          rules={rules}
          lang={lang}
          theme={theme}
          shortcuts={shortcuts === "on"}
          problem={save.error === null ? undefined : problemText(account, save.error)}
          working={save.isPending}
          onRename={rename}
          onLanguage={switchLanguage}
          onTheme={(next) => {
            setThemeChoice(next);
            toast(t("saved"), () => setThemeChoice(theme));
          }}
          onShortcuts={(on) => {
            setDeviceSetting("shortcuts", on ? "on" : "off");
            toast(t("saved"), () => setDeviceSetting("shortcuts", shortcuts));
          }}
        />
      )}
    </Loaded>
  );
}
