import ChevronDown from "lucide-react/icons/chevron-down";
import DoorClosed from "lucide-react/icons/door-closed";
import { useEffect, useRef, useState, type ReactNode } from "react";
import type { RoomState } from "../../api/live/meeting-state.ts";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { StableList } from "../../ui/stable-list.tsx";
import { needsOwnLook } from "./card-model.ts";
import { DenyAllDialog, SeveralDialog } from "./several-dialog.tsx";
import styles from "./host.module.css";
import { WaitingRow } from "./waiting-row.tsx";

export interface WaitingBoxProps {
  room: RoomState;
  /** The row whose card is open. */
  checking: string | null;
  onCheck: (id: string) => void;
}

/** Always this height; rows keep their places while anybody is at them (the rules are in ui/stable-list). */
export function WaitingBox({ room, checking, onCheck }: WaitingBoxProps): ReactNode {
  const t = useWords("host-controls");
  const [tall, setTall] = useState(false);
  const [selecting, setSelecting] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [dialog, setDialog] = useState<"several" | "denyAll" | null>(null);
  const items = room.lobby.map((row) => ({ id: row.id, settled: false, row }));
  const box = useRef<HTMLDivElement>(null);
  const below = useBelow(box, items.length, tall);
  const several =
    room.meta.lobby?.admitAll === true &&
    room.lobby.filter((row) => !needsOwnLook(row, room.meta)).length > 1;
  const chosen = room.lobby.filter((row) => selected.has(row.id) && !needsOwnLook(row, room.meta));
  const stop = () => {
    setSelecting(false);
    setSelected(new Set());
    setDialog(null);
  };
  return (
    <section className={styles["lobby"]} aria-labelledby="lobby" data-tall={tall || undefined}>
      <header className={styles["lobby-head"]}>
        <DoorClosed />
        <h2 id="lobby">{t("lobby")}</h2>
        {room.lobby.length > 0 && <span className={styles["number"]}>{room.lobby.length}</span>}
        <span className={styles["order"]}>{!several && t("order")}</span>
        {several && (
          <Button kind="quiet" size="small" onClick={() => (selecting ? stop() : setSelecting(true))}>
            {t(selecting ? "selectOff" : "select")}
          </Button>
        )}
      </header>
      <div ref={box} className={styles["rows"]}>
        <Rows
          {...{ room, items, checking, onCheck }}
          selected={selecting && several ? selected : null}
          onSelect={setSelected}
        />
      </div>
      <footer className={styles["lobby-foot"]}>
        {selecting && several ? (
          <>
            <Button kind="danger-quiet" size="small" onClick={() => setDialog("denyAll")}>
              {t("denyAll")}
            </Button>
            <Button
              kind="quiet"
              size="small"
              unavailable={chosen.length === 0}
              onClick={() => setDialog("several")}
            >
              {t("selected", { count: chosen.length })}
            </Button>
          </>
        ) : (
          <Below {...below} tall={tall} setTall={setTall} />
        )}
      </footer>
      {dialog === "several" && (
        <SeveralDialog room={room} rows={chosen} onClose={() => setDialog(null)} onDone={stop} />
      )}
      {dialog === "denyAll" && (
        <DenyAllDialog rows={room.lobby} onClose={() => setDialog(null)} onDone={stop} />
      )}
    </section>
  );
}

interface RowsProps extends WaitingBoxProps {
  items: readonly { id: string; settled: boolean; row: RoomState["lobby"][number] }[];
  selected: ReadonlySet<string> | null;
  onSelect: (selected: ReadonlySet<string>) => void;
}

function Rows({ room, items, checking, onCheck, selected, onSelect }: RowsProps): ReactNode {
  const t = useWords("host-controls");
  const [empty, setEmpty] = useState(items.length === 0);
  // Result rows outlive their items, so the list itself stays until it has closed up.
  useEffect(() => {
    if (items.length > 0) return setEmpty(false);
    const timer = setTimeout(() => setEmpty(true), 4500);
    return () => clearTimeout(timer);
  }, [items.length]);
  if (empty && items.length === 0)
    return (
      <p className={styles["empty"]}>
        {t(room.meta.lobby?.waitingRoom.on === false ? "lobbyOff" : "nobody")}
      </p>
    );
  return (
    <StableList
      label={t("lobby")}
      className={styles["rows"]}
      items={items}
      renderRow={(row, press) => (
        <WaitingRow
          row={row.item.row}
          settled={row.settled}
          result={room.results.get(row.id)}
          locked={room.meta.locked !== null}
          checking={checking === row.id}
          selected={selected === null || needsOwnLook(row.item.row, room.meta) ? null : selected.has(row.id)}
          press={press}
          onCheck={() => onCheck(row.id)}
          onSelect={(on) => {
            if (selected === null) return;
            const next = new Set(selected);
            if (on) next.add(row.id);
            else next.delete(row.id);
            onSelect(next);
          }}
        />
      )}
    />
  );
}

interface BelowProps {
  hidden: number;
  fresh: number;
  tall: boolean;
  setTall: (tall: boolean) => void;
}

function Below({ hidden, fresh, tall, setTall }: BelowProps): ReactNode {
  const t = useWords("host-controls");
  if (hidden === 0 && !tall) return null;
  return (
    <>
      {hidden > 0 && <ChevronDown />}
      {hidden > 0 && (
        <span>{fresh > 0 ? t("newBelow", { count: fresh }) : t("below", { count: hidden })}</span>
      )}
      <Button kind="quiet" size="small" onClick={() => setTall(!tall)}>
        {t(tall ? "seeLess" : "seeAll")}
      </Button>
    </>
  );
}

/** How many rows lie below what can be seen, and how many of them came since the list was last at its end. */
function useBelow(
  box: { readonly current: HTMLElement | null },
  count: number,
  tall: boolean,
): { hidden: number; fresh: number } {
  const [hidden, setHidden] = useState(0);
  const [seen, setSeen] = useState(0);
  useEffect(() => {
    const list = box.current?.querySelector("ul");
    if (list === null || list === undefined) return setHidden(0);
    const read = () => {
      const left = Math.max(0, Math.round((list.scrollHeight - list.scrollTop - list.clientHeight) / 72));
      setHidden(left);
      if (left === 0) setSeen(list.childElementCount);
    };
    read();
    list.addEventListener("scroll", read, { passive: true });
    return () => list.removeEventListener("scroll", read);
  }, [box, count, tall]);
  const fresh = seen === 0 ? 0 : Math.min(hidden, Math.max(0, count - seen));
  return { hidden, fresh };
}
