import type { ClassEffect } from "@sekisho/contract";
import type { ReactNode } from "react";
import { useWords } from "../../i18n/words.ts";
import { Button } from "../../ui/button.tsx";
import { Note } from "../../ui/note.tsx";
import { Section } from "../../ui/page.tsx";
import type { Problem } from "./class-model.ts";

export interface EffectProps {
  effect: ClassEffect | undefined;
  onResolve: (problem: Problem) => void;
}

/** What saving will do, before it is done: what stands against it, and which meetings follow at once (CNF-2). */
export function Effect({ effect, onResolve }: EffectProps): ReactNode {
  const t = useWords("classes");
  return (
    <Section title={t("effect")}>
      {effect === undefined ? (
        <p role="status">{t("effect.looking")}</p>
      ) : (
        <>
          {effect.problems.map((problem) => (
            <ProblemNote
              key={`${problem.level}${problem.field}${problem.code}`}
              problem={problem}
              onResolve={onResolve}
            />
          ))}
          {effect.problems.length === 0 && <Tightened effect={effect} />}
        </>
      )}
    </Section>
  );
}

function ProblemNote({
  problem,
  onResolve,
}: { problem: Problem } & Pick<EffectProps, "onResolve">): ReactNode {
  const t = useWords("classes");
  const common = useWords("common");
  const { level, code, field } = problem;
  return (
    <Note
      tone="danger"
      role="alert"
      title={t("problem.at", { level: common(`class.${level}`), field: t(`field.${field}`) })}
      actions={
        <Button size="small" onClick={() => onResolve(problem)}>
          {t(`way.${code}`)}
        </Button>
      }
    >
      {t(`problem.${code}`)}
    </Note>
  );
}

function Tightened({ effect: { tightened, live } }: { effect: ClassEffect }): ReactNode {
  const t = useWords("classes");
  const common = useWords("common");
  const count = tightened.high + tightened.medium + tightened.low;
  if (count === 0) return <Note>{t("effect.none")}</Note>;
  const parts = (["high", "medium", "low"] as const).flatMap((level) =>
    tightened[level] === 0
      ? []
      : [t("effect.part", { level: common(`class.${level}`), count: tightened[level] })],
  );
  return (
    <Note tone="warn" title={t("effect.tightened", { count })}>
      <p>{parts.join(t("comma"))}</p>
      {live > 0 && <p>{t("effect.live", { count: live })}</p>}
    </Note>
  );
}
