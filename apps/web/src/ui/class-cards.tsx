import { useId, type ReactNode } from "react";
import { ClassTile, type Level } from "./class-badge.tsx";
import styles from "./class-cards.module.css";
import { cx } from "./cx.ts";

export interface ClassCard {
  readonly level: Level;
  /** 高 / High */
  readonly name: string;
  readonly use: string;
  readonly consequences: readonly string[];
  /** Why it cannot be chosen here. */
  readonly refused?: string | undefined;
}

export interface ClassCardsProps {
  label: string;
  value: Level | undefined;
  cards: readonly ClassCard[];
  onChange: (level: Level) => void;
  describedBy?: string | undefined;
}

/** Three cards side by side; stacked on a phone, where only the chosen one unfolds. */
export function ClassCards({ label, value, cards, onChange, describedBy }: ClassCardsProps): ReactNode {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} aria-describedby={describedBy} className={styles["cards"]}>
      {cards.map((card) => (
        <label
          key={card.level}
          className={styles["card"]}
          data-chosen={card.level === value || undefined}
          data-refused={card.refused !== undefined || undefined}
        >
          <span className={styles["head"]}>
            <ClassTile level={card.level} />
            <span className={styles["name"]}>{card.name}</span>
            <input
              type="radio"
              name={name}
              className={styles["radio"]}
              checked={card.level === value}
              aria-disabled={card.refused !== undefined || undefined}
              aria-describedby={`${name}${card.level}`}
              onChange={() => onChange(card.level)}
            />
          </span>
          <span className={styles["use"]}>{card.use}</span>
          <span id={`${name}${card.level}`} className={styles["more"]}>
            {card.refused !== undefined && <span className={styles["refused"]}>{card.refused}</span>}
            <span className={cx(styles["list"])}>
              {card.consequences.map((text) => (
                <span key={text} className={styles["item"]}>
                  {text}
                </span>
              ))}
            </span>
          </span>
        </label>
      ))}
    </div>
  );
}
