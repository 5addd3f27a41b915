/** The bench's side of a server in its own process. */
import { fork } from "node:child_process";
import { join } from "node:path";
import { z } from "zod";

const ready = z.object({
  type: z.literal("ready"),
  ready: z.object({
    origin: z.string(),
    meetings: z.array(z.object({ link: z.string() })),
    hostCookie: z.string(),
  }),
});
const used = z.object({
  type: z.literal("usage"),
  usage: z.object({ rss: z.number(), held: z.number(), cpuMs: z.number() }),
});

export type Kind = "ours" | "sse" | "ws";
export type Usage = z.infer<typeof used>["usage"];
export type Server = AsyncDisposable &
  z.infer<typeof ready>["ready"] & {
    /** After a full collection of garbage. `held`: heap in use and buffers, bytes; `rss`: bytes; `cpuMs`: since its start. */
    usage(): Promise<Usage>;
  };

export async function startServer(kind: Kind, meetings = 1): Promise<Server> {
  const child = fork(join(import.meta.dirname, "child.ts"), [kind, String(meetings)], {
    execArgv: ["--expose-gc", "--max-old-space-size=6000"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));

  function next<T>(schema: z.ZodType<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      child.once("message", (message) => resolve(schema.parse(message)));
      child.once("exit", () => reject(new Error(`the ${kind} server ended`)));
    });
  }

  const { ready: facts } = await next(ready);
  return {
    ...facts,
    async usage() {
      const answer = next(used);
      child.send("usage");
      return (await answer).usage;
    },
    async [Symbol.asyncDispose]() {
      child.send("stop");
      await exited;
    },
  };
}
