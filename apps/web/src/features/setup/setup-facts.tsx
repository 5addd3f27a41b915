import CircleCheck from "lucide-react/icons/circle-check";
import CircleExclamationPoint from "lucide-react/icons/circle-exclamation-point";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { formatTime } from "../../ui/date-format.ts";
import { FactList } from "../../ui/fact-list.tsx";
import { useUiLocale } from "../../ui/locale.ts";
import { Waiting } from "../../ui/progress.tsx";
import type { SetupFact } from "./setup-view.tsx";
import styles from "./setup.module.css";

/** Facts, not claims: what the server has just tested, with the time. */
export function SetupFacts({
  facts,
  onCheck,
}: {
  facts: readonly SetupFact[] | undefined;
  onCheck: () => void;
}): ReactNode {
  const t = useWords("setup");
  const locale = useUiLocale();
  if (facts === undefined) return <Waiting>{t("checking")}</Waiting>;
  const rows = facts.map((fact) => {
    const time = t("checkedAt", { time: formatTime(fact.at, locale) });
    return {
      id: fact.name,
      icon: fact.ok ? <CircleCheck /> : <CircleExclamationPoint />,
      tone: fact.ok ? ("ok" as const) : ("warn" as const),
      text: t.maybe(`fact.${fact.name}.${outcomeOf(fact)}`),
      note:
        fact.value === "" || fact.name === "https"
          ? time
          : `${t(`value.${fact.name}`, { value: fact.value })} · ${time}`,
    };
  });
  return (
    <>
      <p className={styles["lead"]}>{t("facts.lead")}</p>
      <FactList facts={rows} />
      <div>
        <Button size="small" onClick={onCheck}>
          {t("facts.again")}
        </Button>
      </div>
    </>
  );
}

/** Plain HTTP that never leaves the computer works, and is not HTTPS: `value` tells which of the two it is. */
function outcomeOf({ name, ok, value }: SetupFact): "ok" | "loopback" | "bad" {
  if (!ok) return "bad";
  return name === "https" && value !== "https" ? "loopback" : "ok";
}
