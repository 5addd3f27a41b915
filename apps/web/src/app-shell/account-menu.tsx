import KeyRound from "lucide-react/icons/key-round";
import RefreshCw from "lucide-react/icons/refresh-cw";
import SlidersHorizontal from "lucide-react/icons/sliders-horizontal";
import type { ReactNode } from "react";
import { useLocation } from "wouter";
import { useWords } from "../i18n/words.ts";
import { Menu } from "../ui/menu.tsx";
import { Avatar, Name } from "../ui/person-name.tsx";
import styles from "./frame.module.css";

export interface AccountMenuProps {
  name: string;
  organisation: string;
  onCheckUpdate: () => void;
}

/** The own name opens what concerns oneself; 「アップデートを確認」 stands here, as users of other products expect (OPS-1). */
export function AccountMenu({ name, organisation, onCheckUpdate }: AccountMenuProps): ReactNode {
  const t = useWords("shell");
  const [, navigate] = useLocation();
  return (
    <Menu
      label={t("account")}
      align="start"
      side="above"
      items={[
        {
          id: "settings",
          icon: <SlidersHorizontal />,
          label: t("settings"),
          onSelect: () => navigate("/me"),
        },
        {
          id: "security",
          icon: <KeyRound />,
          label: t("security"),
          onSelect: () => navigate("/me/security"),
        },
        { id: "update", icon: <RefreshCw />, label: t("update.check"), onSelect: onCheckUpdate },
      ]}
      trigger={(trigger) => (
        <button type="button" className={styles["me"]} {...trigger}>
          <Avatar name={name} size={36} />
          <span className={styles["who"]}>
            <span className={styles["name"]}>
              <Name>{name}</Name>
            </span>
            <span className={styles["organisation"]}>
              <Name>{organisation}</Name>
            </span>
          </span>
        </button>
      )}
    />
  );
}
