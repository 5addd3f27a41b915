/** A child process that answers one question at a time. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { answerOf } from "./unsafe.ts";

export type Asked<Q> = AsyncDisposable & { ask<T>(question: Q): Promise<T> };

type Message = { readonly answer?: unknown; readonly failed?: string };

export function startChild<Q extends object>(file: string): Asked<Q> {
  const child = fork(join(import.meta.dirname, file), {
    execArgv: ["--expose-gc", "--max-old-space-size=6144"],
    serialization: "advanced",
  });
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    ask<T>(question: Q): Promise<T> {
      return new Promise((resolve, reject) => {
        const gone = () => reject(new Error("the process ended"));
        child.once("exit", gone);
        child.once("message", (message) => {
          child.off("exit", gone);
          const { answer, failed } = answerOf<Message>(message);
          if (failed === undefined) resolve(answerOf<T>(answer));
          else reject(new Error(failed));
        });
        child.send(question);
      });
    },
    async [Symbol.asyncDispose]() {
      if (child.connected) child.disconnect();
      await ended;
    },
  };
}
