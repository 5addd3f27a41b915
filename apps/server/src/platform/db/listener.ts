/**
 * What other processes committed, told by PostgreSQL (NOTIFY rides in the same commit). A connection that is silent
 * tells nothing, so it is asked all the time: after one second without an answer this process counts as deaf (ADM-11).
 */
import pg from "pg";

export type Listener = {
  /** An answer came within the last second. */
  readonly healthy: () => boolean;
  stop(): Promise<void>;
};

export type ListenerOptions = {
  readonly connectionString: string;
  readonly channels: readonly string[];
  readonly onNotice: (channel: string, payload: string) => void;
  /** Once for each time: deaf now; or hearing again, and what was missed has to be read. */
  readonly onDeaf: () => void;
  readonly onHearing: () => void;
  readonly onError: (error: unknown) => void;
};

const beatMs = 250;
const deafAfterMs = 1000;

/** Resolves when the first connection listens. */
export async function startListener(options: ListenerOptions): Promise<Listener> {
  let client: pg.Client | null = null;
  let lastAnswer = 0;
  let hearing = false;
  let stopped = false;

  async function connect(): Promise<void> {
    const next = new pg.Client({
      connectionString: options.connectionString,
      connectionTimeoutMillis: 2000,
      keepAlive: true,
    });
    next.on("error", (error) => {
      options.onError(error);
      if (client === next) client = null;
    });
    next.on("end", () => {
      if (client === next) client = null;
    });
    next.on("notification", ({ channel, payload }) => options.onNotice(channel, payload ?? ""));
    await next.connect();
    for (const channel of options.channels) await next.query(`listen ${next.escapeIdentifier(channel)}`);
    client = next;
    answered();
  }

  function answered(): void {
    lastAnswer = performance.now();
    if (hearing || stopped) return;
    hearing = true;
    options.onHearing();
  }

  function healthy(): boolean {
    return client !== null && performance.now() - lastAnswer < deafAfterMs;
  }

  async function beat(): Promise<void> {
    try {
      if (client === null) await connect();
      else {
        await client.query("select 1");
        answered();
      }
    } catch (error) {
      options.onError(error);
      void client?.end().catch(() => undefined);
      client = null;
    }
  }

  let beating = false;
  const pulse = setInterval(() => {
    if (hearing && !healthy()) {
      hearing = false;
      options.onDeaf();
    }
    if (beating || stopped) return;
    beating = true;
    void beat().finally(() => {
      beating = false;
    });
  }, beatMs);

  await connect();
  return {
    healthy,
    async stop() {
      stopped = true;
      clearInterval(pulse);
      await client?.end().catch(() => undefined);
    },
  };
}
