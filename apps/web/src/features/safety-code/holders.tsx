import Check from "lucide-react/icons/check";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Badge } from "../../ui/note.tsx";
import { PersonName } from "../../ui/person-name.tsx";
import { warns, type ShownHolder } from "./safety-code-model.ts";
import styles from "./safety-code.module.css";

/** Who can read the meeting, and what this device knows of each key. Open at once where something warns. */
export function Holders({ holders }: { holders: readonly ShownHolder[] }): ReactNode {
  const t = useWords("safety-code");
  const checked = holders.filter((one) => one.trust === "checked" && !one.self).length;
  return (
    <details className={styles["holders"]} open={holders.some(warns)}>
      <summary>
        {t("holders", { count: holders.length })}
        {checked > 0 && t("holders.checked", { count: checked })}
      </summary>
      <ul>
        {holders.map((one) => (
          <li key={one.id}>
            <div>
              <PersonName name={one.name} affiliation={one.affiliation} />
              {one.signedAs !== null && (
                <p className={styles["admits"]}>{t("signedAs", { name: one.signedAs })}</p>
              )}
              {one.admits && <p className={styles["admits"]}>{t("admits")}</p>}
            </div>
            <Trust holder={one} />
          </li>
        ))}
      </ul>
    </details>
  );
}

function Trust({ holder }: { holder: ShownHolder }): ReactNode {
  const t = useWords("safety-code");
  if (holder.self) return <Badge>{t("you")}</Badge>;
  if (warns(holder))
    return (
      <Badge tone="warn" icon={<CircleExclamationPoint />}>
        {t(`trust.${holder.trust}`)}
      </Badge>
    );
  if (holder.trust === "checked")
    return (
      <Badge tone="ok" icon={<Check />}>
        {t("trust.checked")}
      </Badge>
    );
  return <Badge>{t(`trust.${holder.trust}`)}</Badge>;
}
