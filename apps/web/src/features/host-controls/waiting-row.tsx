import Check from "lucide-react/icons/check";
import X from "lucide-react/icons/x";
import type { LobbyGone, LobbyRowView } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Badge } from "../../ui/note.tsx";
import { Avatar, Name } from "../../ui/person-name.tsx";
import type { RowPress } from "../../ui/stable-list.tsx";
import { rowWarning } from "./card-model.ts";
import styles from "./host.module.css";

export interface WaitingRowProps {
  row: LobbyRowView;
  settled: boolean;
  result: LobbyGone | undefined;
  locked: boolean;
  checking: boolean;
  /** Choosing several: null while rows carry their own button. */
  selected: boolean | null;
  press: RowPress;
  onCheck: () => void;
  onSelect: (on: boolean) => void;
}

export function WaitingRow(props: WaitingRowProps): ReactNode {
  const { row, settled, checking } = props;
  const t = useWords("host-controls");
  const locale = useUiLocale();
  const warning = rowWarning(row);
  const sub = [row.affiliation, formatTime(row.requestedAt, locale)].filter((part) => part !== "").join("・");
  return (
    <div
      className={styles["row"]}
      data-checking={(checking && !settled) || undefined}
      data-settled={settled || undefined}
    >
      <Avatar name={row.displayName} size={36} />
      <div className={styles["who"]}>
        <span className={styles["name"]}>
          <Name>{row.displayName}</Name>
        </span>
        {settled ? (
          <span className={styles["sub"]}>{resultText(t, props.result)}</span>
        ) : (
          <span className={styles["sub"]} title={sub}>
            {sub}
          </span>
        )}
        {!settled && warning !== null && <span className={styles["warning"]}>{t(warning)}</span>}
        {!settled && warning === null && row.call?.running && (
          <span className={styles["sub"]}>{t("row.calling")}</span>
        )}
        {!settled && warning === null && row.keys === "none" && (
          <span className={styles["sub"]}>{t("row.keys")}</span>
        )}
        {!settled && warning === null && props.locked && (
          <span className={styles["warning"]}>{t("row.locked")}</span>
        )}
      </div>
      {settled ? <Result result={props.result} /> : <RowButton {...props} />}
    </div>
  );
}

function resultText(t: ReturnType<typeof useWords<"host-controls">>, result: LobbyGone | undefined): string {
  if (result === undefined || result.byName === "") return t("result.gone");
  if (result.result === "admitted") return t("result.by.admitted", { name: result.byName });
  return result.result === "denied" ? t("result.by.denied", { name: result.byName }) : t("result.gone");
}

function Result({ result }: { result: LobbyGone | undefined }): ReactNode {
  const t = useWords("host-controls");
  if (result?.result === "admitted")
    return (
      <Badge tone="ok" icon={<Check />}>
        {t("result.admitted")}
      </Badge>
    );
  if (result?.result === "denied")
    return (
      <Badge tone="danger" icon={<X />}>
        {t("result.denied")}
      </Badge>
    );
  return <span />;
}

function RowButton({ row, checking, selected, press, onCheck, onSelect }: WaitingRowProps): ReactNode {
  const t = useWords("host-controls");
  const name = row.displayName;
  if (selected !== null) {
    return (
      <label className={styles["target"]}>
        <input
          type="checkbox"
          className={styles["pick"]}
          aria-label={t("selectOf", { name })}
          checked={selected}
          onChange={(event) => onSelect(event.target.checked)}
        />
      </label>
    );
  }
  return (
    <span className={checking ? styles["checking"] : undefined}>
      <Button
        data-check={row.id}
        aria-label={checking ? `${t("checkingNow")}: ${name}` : t("checkOf", { name })}
        aria-pressed={checking}
        {...press(onCheck)}
      >
        {t(checking ? "checkingNow" : "check")}
      </Button>
    </span>
  );
}
