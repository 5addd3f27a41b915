/** How a message lies in the outbox: sealed, and readable with the server's key alone. */
import { z } from "zod";
import type { Keys } from "../keys/keys.ts";
import type { CalendarPart, MailMessage } from "./message.ts";

const sealedShape = z.object({
  subject: z.string(),
  text: z.string(),
  calendar: z.object({ method: z.enum(["REQUEST", "CANCEL"]), content: z.string() }).optional(),
  replyTo: z.string().optional(),
});

export type SealedMessage = {
  readonly subject: string;
  readonly text: string;
  readonly calendar?: CalendarPart;
  readonly replyTo?: string;
};

export function sealedMessage(
  keys: Keys,
  id: string,
  { to, subject, text, calendar, replyTo }: MailMessage,
): { readonly recipient: Buffer; readonly sealed: Buffer } {
  const plain = JSON.stringify({ subject, text, calendar, replyTo });
  return {
    recipient: keys.seal("outbox", Buffer.from(to), `to:${id}`),
    sealed: keys.seal("outbox", Buffer.from(plain), `message:${id}`),
  };
}

export function openTo(keys: Keys, row: { readonly id: string; readonly recipient: Buffer }): string {
  return keys.open("outbox", row.recipient, `to:${row.id}`).toString("utf8");
}

export function openSealed(keys: Keys, id: string, sealed: Buffer): SealedMessage {
  const plain: unknown = JSON.parse(keys.open("outbox", sealed, `message:${id}`).toString("utf8"));
  const { subject, text, calendar, replyTo } = sealedShape.parse(plain);
  return {
    ...{ subject, text },
    ...(calendar === undefined ? {} : { calendar }),
    ...(replyTo === undefined ? {} : { replyTo }),
  };
}
