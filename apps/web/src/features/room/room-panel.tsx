import X from "lucide-react/icons/x";
import { useRef, type ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { IconButton } from "../../ui/button.tsx";
import { keyOf } from "../../ui/ime.ts";
import { useKeyDown } from "../../ui/use-key-down.ts";
import type { PanelId } from "./control-bar.tsx";
import styles from "./room.module.css";

export interface RoomPanelProps {
  panel: PanelId;
  panels: Readonly<Record<PanelId, ReactNode>>;
  onPanel: (panel: PanelId | null) => void;
}

/** Participants and chat are two tabs of one panel; security stands alone. */
export function RoomPanel({ panel, panels, onPanel }: RoomPanelProps): ReactNode {
  const t = useWords("room");
  const aside = useRef<HTMLElement>(null);
  useKeyDown(aside, (event) => {
    if (keyOf(event) !== "Escape" || event.defaultPrevented) return;
    // Menus and questions in the panel close first, and only they.
    if (aside.current?.querySelector('[role="menu"], dialog[open]')) return;
    onPanel(null);
    document.querySelector<HTMLElement>(`[data-control="${panel}"]`)?.focus();
  });
  return (
    <aside ref={aside} className={styles["panel"]} data-region="panel" aria-label={t(panel)} tabIndex={-1}>
      <header className={styles["panel-head"]}>
        {panel === "security" ? (
          <h2 className={styles["panel-title"]}>{t("security")}</h2>
        ) : (
          <PanelTabs panel={panel} onPanel={onPanel} />
        )}
        <IconButton label={t("closePanel")} onClick={() => onPanel(null)}>
          <X />
        </IconButton>
      </header>
      <div
        className={styles["panel-body"]}
        id="room-panel"
        {...(panel === "security" ? {} : { role: "tabpanel", "aria-labelledby": `tab-${panel}` })}
      >
        {panels[panel]}
      </div>
    </aside>
  );
}

const TABS = ["people", "chat"] as const;

function PanelTabs({ panel, onPanel }: Pick<RoomPanelProps, "panel" | "onPanel">): ReactNode {
  const t = useWords("room");
  const list = useRef<HTMLDivElement>(null);
  return (
    <div
      ref={list}
      role="tablist"
      tabIndex={-1}
      aria-label={t("panel")}
      style={{ display: "flex" }}
      onKeyDown={(event) => {
        const key = keyOf(event);
        if (key !== "ArrowRight" && key !== "ArrowLeft") return;
        const other = panel === "people" ? "chat" : "people";
        onPanel(other);
        list.current?.querySelector<HTMLElement>(`#tab-${other}`)?.focus();
      }}
    >
      {TABS.map((tab) => (
        <button
          key={tab}
          type="button"
          role="tab"
          id={`tab-${tab}`}
          className={styles["tab"]}
          aria-selected={panel === tab}
          aria-controls="room-panel"
          tabIndex={panel === tab ? 0 : -1}
          onClick={() => onPanel(tab)}
        >
          {t(tab)}
        </button>
      ))}
    </div>
  );
}
