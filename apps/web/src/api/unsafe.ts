/** The only place in the page where a type is asserted: answers of our own server, checked there (see client.ts). */
import type { StreamMessage } from "@sekisho/contract";

export function trusted<T>(value: unknown): T {
  return value as T;
}

export function parseMessage(text: string): StreamMessage {
  return trusted<StreamMessage>(JSON.parse(text));
}
