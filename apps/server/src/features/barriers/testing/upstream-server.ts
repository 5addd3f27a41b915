/** A policy server on a real port, whose answers a test chooses. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

export type TestUpstream = AsyncDisposable & {
  readonly url: string;
  /** What was asked so far. */
  readonly asked: readonly IncomingMessage[];
  answer(how: (request: IncomingMessage, response: ServerResponse) => void): void;
  /** The document, with a tag made of it. */
  offer(document: object, status?: number): void;
  /** Nobody listens any more, and again. */
  down(): Promise<void>;
  up(): Promise<void>;
};

export async function startUpstream(): Promise<TestUpstream> {
  let how: (request: IncomingMessage, response: ServerResponse) => void = (_request, response) =>
    response.writeHead(404).end();
  const asked: IncomingMessage[] = [];
  const make = () =>
    createServer((request, response) => {
      asked.push(request);
      how(request, response);
    });
  let server = make();
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server.listen(port, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  const port = await listen(0);
  return {
    url: `http://127.0.0.1:${port}/barriers`,
    asked,
    answer(next) {
      how = next;
    },
    offer(document, status = 200) {
      const text = JSON.stringify(document);
      const etag = `"${Buffer.from(text).toString("base64url").slice(-40)}"`;
      how = (request, response) => {
        if (request.headers["if-none-match"] === etag) response.writeHead(304).end();
        else response.writeHead(status, { "content-type": "application/json", etag }).end(text);
      };
    },
    down: close,
    async up() {
      server = make();
      await listen(port);
    },
    [Symbol.asyncDispose]: close,
  };
}
