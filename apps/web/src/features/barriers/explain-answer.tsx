import Ban from "lucide-react/icons/ban";
import Check from "lucide-react/icons/check";
import CircleDashed from "lucide-react/icons/circle-dashed";
import type { BarrierExplanation } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { cx } from "../../ui/cx.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Card } from "../../ui/page.tsx";
import { Name } from "../../ui/person-name.tsx";
import { verdictKey } from "./explain-model.ts";
import styles from "./explain.module.css";
import { FlagWords } from "./flag-words.tsx";

const MARKS = {
  "verdict.off": <Check />,
  "verdict.same": <Check />,
  "verdict.meet": <Check />,
  "verdict.limited": <CircleDashed />,
  "verdict.blocked": <Ban />,
} as const;

export function ExplainAnswer({ answer }: { answer: BarrierExplanation }): ReactNode {
  const t = useWords("barriers-explain");
  const key = verdictKey(answer);
  return (
    <Card>
      <div className={styles["answer"]}>
        <p className={cx(styles["verdict"], key === "verdict.blocked" && styles["blocked"])}>
          {MARKS[key]}
          <span>{t(key)}</span>
        </p>
        <ol className={styles["reasons"]}>
          <Reasons answer={answer} />
        </ol>
        <p className={styles["hint"]}>
          {t.rich("fresh", {
            version: answer.version,
            since: <DateText from={answer.since} />,
            state: t(`freshness.${answer.freshness}`),
          })}
        </p>
      </div>
    </Card>
  );
}

function Reasons({ answer }: { answer: BarrierExplanation }): ReactNode {
  const t = useWords("barriers-explain");
  if (answer.why === "samePerson") return <li>{t("why.same")}</li>;
  return (
    <>
      <Groups person={answer.a} />
      <Groups person={answer.b} />
      {answer.why === "off" && <li>{t("why.off")}</li>}
      {answer.why === "none" && <li>{t("why.none")}</li>}
      {answer.why === "ungrouped" && <li>{t("why.ungrouped")}</li>}
      {answer.policies.map((policy) => (
        <Policy key={policy.id} policy={policy} />
      ))}
    </>
  );
}

function Groups({ person }: { person: BarrierExplanation["a"] }): ReactNode {
  const t = useWords("barriers-explain");
  const words = useWords("barriers");
  const list = (names: readonly string[]) => names.join(words("list.comma"));
  const name = <Name>{person.displayName}</Name>;
  return (
    <li>
      {person.groups.length === 0
        ? t.rich("ungrouped", { name })
        : t.rich("primary", { name, groups: <b>{list(person.groups)}</b> })}
      {person.otherGroups.length > 0 && (
        <span className={styles["sub"]}>{t("others", { groups: list(person.otherGroups) })}</span>
      )}
    </li>
  );
}

function Policy({ policy }: { policy: BarrierExplanation["policies"][number] }): ReactNode {
  const t = useWords("barriers-explain");
  return (
    <li>
      {t.rich("policy", {
        name: (
          <b>
            <Name>{policy.name}</Name>
          </b>
        ),
        version: policy.version,
        since: <DateText from={policy.since} />,
      })}
      <FlagWords flags={policy.flags} />
    </li>
  );
}
