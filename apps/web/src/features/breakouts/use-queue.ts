import { useCallback, useRef } from "react";
import { useCommand, type CommandRun } from "../../api/live/use-command.ts";

/** Commands one after the other: whoever places people quickly loses none. */
export function useQueue(): CommandRun {
  const one = useCommand();
  const { run } = one;
  const last = useRef<Promise<unknown>>(Promise.resolve());
  const queued = useCallback(
    (command: () => Promise<unknown>) => {
      const turn = last.current.then(() => run(command));
      last.current = turn.catch(() => undefined);
      return turn;
    },
    [run],
  );
  return { ...one, run: queued };
}
