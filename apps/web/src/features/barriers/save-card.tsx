import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { ImpactRows, ImpactTime, type ImpactProps } from "./impact-card.tsx";
import styles from "./impact.module.css";

export interface SaveCardProps extends ImpactProps {
  working: boolean;
  problem: string | undefined;
  /** Nothing differs from what is saved. */
  unchanged: boolean;
  onSave: () => void;
  onDiscard: () => void;
  /** Takes the policy away, where there is one. */
  onRemove?: (() => void) | undefined;
}

/** The card at the side of the form: the consequences first, then the one button. */
export function SaveCard(props: SaveCardProps): ReactNode {
  const t = useWords("barriers");
  const { impact, checking } = props;
  return (
    <section className={styles["card"]} aria-label={t("impact")}>
      <header className={styles["head"]}>
        <h2 className={styles["title"]}>{t("impact")}</h2>
        <div className={styles["note"]}>
          <ImpactTime impact={impact} checking={checking} />
        </div>
      </header>
      <ImpactRows {...props} />
      <footer className={styles["foot"]}>
        {props.problem !== undefined && (
          <Note tone="danger" role="alert">
            {props.problem}
          </Note>
        )}
        <Button
          kind="primary"
          size="large"
          wide
          unavailable={props.unchanged}
          busy={props.working ? t("saving") : checking ? t("impact.checking") : undefined}
          onClick={props.onSave}
        >
          {t(impact?.needsSecondPerson === true ? "ask" : "save")}
        </Button>
        <div className={styles["below"]}>
          <Button kind="quiet" size="small" onClick={props.onDiscard}>
            {t(props.unchanged ? "close" : "discard")}
          </Button>
          <span className={styles["note"]}>{t(props.unchanged ? "unchanged" : "soon")}</span>
        </div>
        {props.onRemove !== undefined && (
          <div className={styles["remove"]}>
            <Button kind="danger-quiet" size="small" onClick={props.onRemove}>
              {t("policy.remove")}
            </Button>
          </div>
        )}
      </footer>
    </section>
  );
}
