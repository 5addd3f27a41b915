import type { IdentityProviderView, TrialFacts } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { DateText } from "../../ui/date-text.tsx";
import { Note } from "../../ui/note.tsx";
import styles from "./providers.module.css";

/** What the last trial brought: in words, with its time, and whether it is one of the settings as they are now. */
export function TrialResult({ trial }: { trial: IdentityProviderView["trial"] }): ReactNode {
  const t = useWords("identity-providers");
  if (trial === null) return <Note tone="info">{t("trial.none")}</Note>;
  const when = t.rich("trial", { time: <DateText from={trial.at} /> });
  if (!trial.current)
    return (
      <Note tone="warn" title={when}>
        {t("trial.old")}
      </Note>
    );
  if (trial.problem !== null)
    return (
      <Note tone="danger" title={when}>
        {t(`problem.${trial.problem}`)}
      </Note>
    );
  return (
    <Note tone="ok" title={when}>
      {t("trial.good")}
      {trial.facts !== null && <Facts facts={trial.facts} />}
    </Note>
  );
}

function Facts({ facts }: { facts: TrialFacts }): ReactNode {
  const t = useWords("identity-providers");
  const list = (values: readonly string[] | null) =>
    values === null || values.length === 0 ? t("trial.nothing") : values.join(", ");
  const verified = t(facts.emailVerified ? "trial.verified" : "trial.unverified");
  const counts = t(facts.secondFactor ? "trial.factor" : "trial.noFactor");
  const rows = [
    ["trial.subject", facts.subject],
    ["trial.email", facts.email === null ? t("trial.nothing") : `${facts.email} (${verified})`],
    ["trial.name", facts.displayName ?? t("trial.nothing")],
    ["trial.groups", list(facts.groups)],
    ["trial.primary", facts.primaryGroup ?? t("trial.nothing")],
    ["trial.methods", `${list(facts.methods)} (${counts})`],
  ] as const;
  return (
    <dl className={styles["trial"]}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{t(label)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
