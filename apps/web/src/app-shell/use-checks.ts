import { useState } from "react";
import { focusFirstError, useAfterDraw } from "../ui/form.tsx";

export interface Checks<F extends string> {
  /** The sentence to show now, if the field may already complain. */
  readonly errorOf: (field: F) => string | undefined;
  /** Spread on a field: it is checked on leaving, and live from then on. */
  readonly leave: (field: F) => () => void;
  /** True if nothing is wrong; otherwise every error is shown and the first one gets the focus. */
  readonly pass: () => boolean;
  /** How many errors are shown. */
  readonly shownCount: number;
}

/** §4.2: no complaint while somebody is still writing, none hidden after they pressed the button. */
export function useChecks<F extends string>(problems: Readonly<Partial<Record<F, string>>>): Checks<F> {
  const [left, setLeft] = useState<ReadonlySet<F>>(new Set());
  const [all, setAll] = useState(false);
  const afterDraw = useAfterDraw();
  const wrong = new Set(Object.keys(problems).filter((field) => field in problems));
  const errorOf = (field: F) => (all || left.has(field) ? problems[field] : undefined);
  return {
    errorOf,
    leave: (field) => () => {
      if (problems[field] !== undefined) setLeft((before) => new Set(before).add(field));
    },
    pass: () => {
      if (Object.values(problems).every((problem) => problem === undefined)) return true;
      setAll(true);
      afterDraw(() => focusFirstError());
      return false;
    },
    shownCount: [...wrong].filter((field) => all || [...left].some((one) => one === field)).length,
  };
}
