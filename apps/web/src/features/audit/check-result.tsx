import type { AuditCheck } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Well } from "../../ui/copy.tsx";
import { formatDateTime } from "../../ui/date-format.ts";
import { useUiLocale } from "../../ui/locale.ts";
import { Note } from "../../ui/note.tsx";

/** A fact with its time: what was not checked is not claimed. */
export function CheckResult(props: {
  check: AuditCheck | undefined;
  problem: string | undefined;
}): ReactNode {
  const { check, problem } = props;
  const t = useWords("audit");
  const locale = useUiLocale();
  if (problem !== undefined)
    return (
      <Note tone="danger" role="alert">
        {problem}
      </Note>
    );
  if (check === undefined) return <Note>{t("check.none")}</Note>;
  const time = formatDateTime(check.at, locale);
  if (!check.ok)
    return (
      <Note tone="danger" role="alert" title={t("check.broken", { count: check.problems.length, time })}>
        {check.problems
          .slice(0, 10)
          .map(({ chain, seq, kind }) => `${chain} ${seq} ${kind}`)
          .join(" · ")}
      </Note>
    );
  return (
    <>
      <Note tone="ok" role="status">
        {t("check.ok", { count: check.records, chains: check.chains, time })}
      </Note>
      {check.head !== null && (
        <div>
          <p>{t("check.head", { seq: check.head.seq })}</p>
          <Well label={t("check.head", { seq: check.head.seq })}>{check.head.hash}</Well>
        </div>
      )}
    </>
  );
}
