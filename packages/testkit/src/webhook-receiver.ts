/** A real receiver of webhooks, which checks signatures as existing ones do and answers the challenge: for tests. */
import { createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type Received = {
  readonly event: string;
  readonly body: unknown;
  /** The signature fits the bytes and the secret. */
  readonly signed: boolean;
  readonly timestamp: number;
};

export type WebhookReceiver = AsyncDisposable & {
  readonly url: string;
  readonly received: Received[];
  /** Known only after the subscription was made. */
  secret: string;
  /** What to answer to the next deliveries; empty: 200. */
  readonly answers: number[];
  /** Whether a challenge is answered as it should be. */
  provesItself: boolean;
};

export async function startReceiver(): Promise<WebhookReceiver> {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/hooks`,
    received: [],
    secret: "",
    answers: [],
    provesItself: true,
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const text = await textOf(request);
    const timestamp = String(request.headers["x-zm-request-timestamp"]);
    const expected = `v0=${hmac(receiver.secret, `v0:${timestamp}:${text}`)}`;
    const body: unknown = JSON.parse(text);
    const event = String(field(body, "event"));
    const signed = request.headers["x-zm-signature"] === expected;
    receiver.received.push({ event, body, signed, timestamp: Number(timestamp) });
    if (event === "endpoint.url_validation") {
      const plainToken = String(field(field(body, "payload"), "plainToken"));
      const secret = receiver.provesItself ? receiver.secret : "another";
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ plainToken, encryptedToken: hmac(secret, plainToken) }));
      return;
    }
    response.statusCode = receiver.answers.shift() ?? 200;
    response.end();
  }
  return receiver;
}

function hmac(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) {
    const bytes: unknown = chunk;
    if (Buffer.isBuffer(bytes)) chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString("utf8");
}

export function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
