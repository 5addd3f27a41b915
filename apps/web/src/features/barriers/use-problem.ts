import { codeOf, problemText } from "../../app-shell/problem.ts";
import { useWords } from "../../i18n/words.ts";

/** The sentence for what went wrong: the barriers' own codes first, then what every page knows. */
export function useProblem(): (error: unknown) => string | undefined {
  const t = useWords("barriers");
  const account = useWords("account");
  return (error) => {
    if (error === null || error === undefined) return undefined;
    return t.maybe(`error.${codeOf(error) ?? "unknown"}`) ?? problemText(account, error);
  };
}
