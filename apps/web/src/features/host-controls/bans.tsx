import type { BanView } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { useCommands } from "../../api/live/meeting-context.ts";
import { useCommand } from "../../api/live/use-command.ts";
import { useWords } from "../../i18n/words.ts";
import { ProblemNote } from "../../meeting-shell/problem-note.tsx";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Name } from "../../ui/person-name.tsx";
import styles from "./host.module.css";

/** Who was removed or denied, and the way to undo it. */
export function Bans({ bans, mayLift }: { bans: readonly BanView[]; mayLift: boolean }): ReactNode {
  const t = useWords("host-controls");
  const locale = useUiLocale();
  const [lifting, setLifting] = useState<BanView | null>(null);
  if (bans.length === 0) return null;
  return (
    <section className={styles["section"]}>
      <header className={styles["section-head"]}>
        <h2>{t("bans")}</h2>
        <span>{bans.length}</span>
      </header>
      <ul>
        {bans.map((ban) => (
          <li key={ban.id} className={styles["row"]}>
            <span />
            <div className={styles["who"]}>
              <span className={styles["name"]}>
                <Name>{ban.displayName}</Name>
              </span>
              <span className={styles["sub"]}>
                {[ban.affiliation, t(`bans.${ban.kind}`, { time: formatTime(ban.at, locale) })]
                  .filter((part) => part !== "")
                  .join("・")}
              </span>
            </div>
            {mayLift && (
              <Button
                size="small"
                aria-label={t("bans.liftOf", { name: ban.displayName })}
                onClick={() => setLifting(ban)}
              >
                {t("bans.lift")}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {lifting !== null && <LiftDialog ban={lifting} onClose={() => setLifting(null)} />}
    </section>
  );
}

function LiftDialog({ ban, onClose }: { ban: BanView; onClose: () => void }): ReactNode {
  const t = useWords("host-controls");
  const live = useWords("live");
  const commands = useCommands();
  const { busy, problem, run } = useCommand();
  const lift = async () => {
    if (await run(() => commands.liftBan(ban.id))) onClose();
  };
  return (
    <Dialog
      title={t("bans.liftTitle", { name: ban.displayName })}
      onClose={onClose}
      actions={
        <>
          <Button data-focus onClick={onClose}>
            {live("cancel")}
          </Button>
          <Button kind="primary" busy={busy ? t("bans.lift") : undefined} onClick={() => void lift()}>
            {t("bans.lift")}
          </Button>
        </>
      }
    >
      <p>{t("bans.liftText")}</p>
      <ProblemNote problem={problem} />
    </Dialog>
  );
}
