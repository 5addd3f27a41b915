import type { ReactNode } from "react";
import { cx } from "./cx.ts";
import { useUiLocale } from "./locale.ts";
import styles from "./person-name.module.css";

const JAPANESE = /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}]/u;

/** The name as it is written into sentences: full-width parentheses in Japanese. Order and case stay as given. */
export function fullName(lang: "ja" | "en", name: string, affiliation?: string): string {
  if (affiliation === undefined || affiliation === "") return name;
  return lang === "ja" ? `${name}（${affiliation}）` : `${name} (${affiliation})`;
}

/** A name inside any sentence: isolated from the direction around it, and read in its own language. */
export function Name({ children }: { children: string }): ReactNode {
  return <bdi lang={JAPANESE.test(children) ? "ja" : undefined}>{children}</bdi>;
}

export interface PersonNameProps {
  name: string;
  affiliation?: string | undefined;
  /** `short` may truncate, 所属 first; `full` never does (admission, removal, roles, consent, audit). */
  fit?: "full" | "short";
  /** One line with parentheses, or the affiliation on a line of its own. */
  layout?: "line" | "stacked";
}

export function PersonName({ name, affiliation, fit = "full", layout = "line" }: PersonNameProps): ReactNode {
  const { lang } = useUiLocale();
  const has = affiliation !== undefined && affiliation !== "";
  const whole = fullName(lang, name, affiliation);
  return (
    <span
      className={cx(styles["person"], styles[layout], styles[fit])}
      title={fit === "short" ? whole : undefined}
    >
      <span className={styles["name"]}>
        <Name>{name}</Name>
      </span>
      {has && (
        <span className={styles["affiliation"]}>
          {layout === "line" && (lang === "ja" ? "（" : " (")}
          <Name>{affiliation}</Name>
          {layout === "line" && (lang === "ja" ? "）" : ")")}
        </span>
      )}
    </span>
  );
}

/** One of six tints, always the same for a name; the letter tells as much without it. */
function tintOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973;
  return sum % 6;
}

/** First character of the name in a circle; decoration, the name always stands beside it. */
export function Avatar({ name, size = 40 }: { name: string; size?: number }): ReactNode {
  // By code point: half a surrogate pair would draw as a box.
  const first = [...name.trim()][0]?.toUpperCase() ?? "";
  return (
    <span
      className={styles["avatar"]}
      data-tint={tintOf(name)}
      style={{ inlineSize: size, blockSize: size }}
      aria-hidden="true"
    >
      {first}
    </span>
  );
}
