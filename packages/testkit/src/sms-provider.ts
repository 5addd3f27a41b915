/** A real HTTP server that takes SMS as Twilio's Messages API does: for tests. Keeps what it was given. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { requireOneSecret } from "./one-secret.ts";

export type ReceivedSms = {
  readonly to: string;
  readonly from: string;
  readonly text: string;
  readonly authorization: string;
};

export type SmsProvider = AsyncDisposable & {
  readonly url: string;
  readonly received: readonly ReceivedSms[];
  /** What to answer to the next messages; empty: 201. */
  readonly answers: number[];
  /** The newest to this number, as soon as there are `count`. */
  smsTo(number: string, count?: number): Promise<ReceivedSms>;
};

export async function startSmsProvider(): Promise<SmsProvider> {
  const received: ReceivedSms[] = [];
  const answers: number[] = [];
  const waiting = new Set<() => void>();

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const form = new URLSearchParams(await textOf(request));
    const text = form.get("Body") ?? "";
    requireOneSecret(text, `SMS to ${form.get("To")}`);
    const status = answers.shift() ?? 201;
    response.statusCode = status;
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(status < 300 ? { sid: "SM1", status: "queued" } : { code: 21_211, status }));
    if (status >= 300) return;
    const { authorization = "" } = request.headers;
    received.push({ to: form.get("To") ?? "", from: form.get("From") ?? "", text, authorization });
    for (const wake of waiting) wake();
  }

  const server = createServer((request, response) => void take(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/2010-04-01/Accounts/AC1/Messages.json`,
    received,
    answers,
    smsTo: (number, count = 1) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
          waiting.delete(look);
          reject(new Error(`no SMS number ${count} to ${number}; ${received.length} in all`));
        }, 30_000);
        function look() {
          const found = received.filter((one) => one.to === number)[count - 1];
          if (found === undefined) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        }
        waiting.add(look);
        look();
      }),
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    const bytes: unknown = chunk;
    if (Buffer.isBuffer(bytes)) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}
