import type { StreamMessage } from "@sekisho/contract";
import { trusted } from "./unsafe.ts";

export type Answer = { readonly status: number; readonly body: unknown; readonly headers: Headers };

/** One person's HTTP: keeps cookies as a browser does, sends our own origin, and remembers every byte it was sent. */
export type Client = {
  readonly origin: string;
  send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** The body of an answer that has to be good; throws with its code otherwise. */
  ok<T = unknown>(method: string, path: string, body?: unknown): Promise<T>;
  cookieHeader(): string;
  /** Everything received so far, text of bodies and streams. */
  received(): string;
  stream(link: string): Promise<TestStream>;
  /** The same person at another process, as behind a balancer: one set of cookies for both. */
  at(origin: string): Client;
};

export type TestStream = AsyncDisposable & {
  readonly messages: readonly StreamMessage[];
  /** The first message, past or to come, that `want` accepts; rejects after 30 s. */
  until<M extends StreamMessage>(want: (message: StreamMessage) => message is M): Promise<M>;
  untilAny(want: (message: StreamMessage) => boolean): Promise<StreamMessage>;
  readonly ended: boolean;
  close(): Promise<void>;
};

export function createClient(origin: string, cookies = new Map<string, string>()): Client {
  let received = "";

  const cookieHeader = () => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  function keepCookies(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [pair = "", ...attributes] = line.split(";");
      const at = pair.indexOf("=");
      const gone = attributes.some((attribute) => attribute.trim().toLowerCase() === "max-age=0");
      if (gone) cookies.delete(pair.slice(0, at));
      else cookies.set(pair.slice(0, at), pair.slice(at + 1));
    }
  }

  async function send(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const response = await fetch(origin + path, {
      method,
      redirect: "manual",
      headers: {
        origin,
        ...(cookies.size === 0 ? {} : { cookie: cookieHeader() }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    keepCookies(response.headers);
    const text = await response.text();
    received += text;
    const json = response.headers.get("content-type")?.includes("json") === true;
    const parsed: unknown = json && text !== "" ? JSON.parse(text) : text;
    return { status: response.status, body: parsed, headers: response.headers };
  }

  return {
    origin,
    send,
    async ok<T>(method: string, path: string, body?: unknown): Promise<T> {
      const answer = await send(method, path, body);
      if (answer.status >= 400)
        throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
      return trusted<T>(answer.body);
    },
    cookieHeader,
    received: () => received,
    stream: (link) =>
      openStream(`${origin}/api/m/${link}/stream`, cookieHeader(), (text) => {
        received += text;
      }),
    at: (other) => createClient(other, cookies),
  };
}

async function openStream(url: string, cookie: string, note: (text: string) => void): Promise<TestStream> {
  const abort = new AbortController();
  const response = await fetch(url, { headers: { cookie }, signal: abort.signal });
  if (!response.ok || response.body === null)
    throw new Error(`stream: ${response.status} ${await response.text()}`);
  const messages: StreamMessage[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const reading = readEvents(response.body, (text, message) => {
    note(text);
    if (message !== null) messages.push(message);
    for (const wake of waiting) wake();
  }).finally(() => {
    ended = true;
    for (const wake of waiting) wake();
  });

  function untilAny(want: (message: StreamMessage) => boolean): Promise<StreamMessage> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(look);
        reject(new Error(`no such message; last: ${JSON.stringify(messages.at(-1))?.slice(0, 500)}`));
      }, 30_000);
      function look() {
        const found = messages.find(want);
        if (found === undefined && !ended) return;
        clearTimeout(timer);
        waiting.delete(look);
        if (found === undefined) reject(new Error("the stream has ended"));
        else resolve(found);
      }
      waiting.add(look);
      look();
    });
  }

  async function close() {
    abort.abort();
    await reading.catch(() => undefined);
  }
  return {
    messages,
    untilAny,
    until: async <M extends StreamMessage>(want: (message: StreamMessage) => message is M) =>
      trusted<M>(await untilAny(want)),
    get ended() {
      return ended;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

async function readEvents(
  body: ReadableStream<Uint8Array>,
  onEvent: (text: string, message: StreamMessage | null) => void,
): Promise<void> {
  const decoder = new TextDecoder();
  let rest = "";
  for await (const chunk of body) {
    rest += decoder.decode(chunk, { stream: true });
    const parts = rest.split("\n\n");
    rest = parts.pop() ?? "";
    for (const part of parts) {
      const data = part.split("\n").find((line) => line.startsWith("data: "));
      const named = part.startsWith("event: ");
      onEvent(part, data === undefined || named ? null : trusted<StreamMessage>(JSON.parse(data.slice(6))));
    }
  }
}
