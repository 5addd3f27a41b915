import type { ReactNode } from "react";
import type { Problem } from "../api/live/use-command.ts";
import { useWords } from "../i18n/words.ts";
import { FieldError } from "../ui/field.tsx";

/** What went wrong with a command, next to the place that gave it. Needs the catalogue `live`. */
export function ProblemNote({ problem }: { problem: Problem | null }): ReactNode {
  const t = useWords("live");
  if (problem === null) return null;
  return (
    <div role="alert">
      <FieldError>{t.maybe(`error.${problem}`) ?? t("error.other")}</FieldError>
    </div>
  );
}
