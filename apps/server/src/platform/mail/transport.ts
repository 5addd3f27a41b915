/** What the outbox needs of a way out, whichever it is: mail by SMTP, SMS by a provider. */
import type { CalendarPart } from "./message.ts";

export type Delivery = {
  /** Stays the same when it is tried again, so that a double can be told. */
  readonly id: string;
  readonly fromName: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly calendar?: CalendarPart;
  readonly replyTo?: string;
};

/** `permanent`: it will not be taken, now or later: a bounce. `problem`: a code, never the other side's words. */
export type DeliveryResult =
  | { readonly kind: "sent" }
  | { readonly kind: "permanent" | "temporary"; readonly problem: string };

export type Transport = {
  /** Never rejects. */
  deliver(delivery: Delivery): Promise<DeliveryResult>;
  close(): void;
};
