import type { ErrorCode } from "@sekisho/contract";
import { useCallback, useRef, useState } from "react";
import { ApiError } from "../client.ts";

export type Problem = ErrorCode | "unreachable";

export type CommandRun = {
  readonly busy: boolean;
  readonly problem: Problem | null;
  /** Runs unless one is running already. Resolves to whether the server did it. */
  readonly run: (command: () => Promise<unknown>) => Promise<boolean>;
  readonly clear: () => void;
};

export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.failure.code;
  throw error;
}

/** One command at a time from one place of the screen, with what went wrong next to it. */
export function useCommand(): CommandRun {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);
  const running = useRef(false);
  const run = useCallback(async (command: () => Promise<unknown>) => {
    if (running.current) return false;
    running.current = true;
    setBusy(true);
    setProblem(null);
    try {
      await command();
      return true;
    } catch (error) {
      setProblem(problemOf(error));
      return false;
    } finally {
      running.current = false;
      setBusy(false);
    }
  }, []);
  const clear = useCallback(() => setProblem(null), []);
  return { busy, problem, run, clear };
}
