import type { ChatMessage, PersonView, RoomMeta } from "@sekisho/contract";
import { ownRoomId, roomsAreOpen } from "../../api/live/own-room.ts";
import { keyOf, type KeyLike } from "../../ui/ime.ts";

/** `everyone`, `hosts`, or the id of one person. */
export type Recipient = string;

export type SendBody = {
  readonly to: "everyone" | "hosts" | "one";
  readonly toId: string | null;
  readonly text: string;
  readonly clientId: string;
};

export function bodyOf(recipient: Recipient, text: string, clientId: string): SendBody {
  const body = { text: text.trim(), clientId };
  if (recipient === "everyone" || recipient === "hosts") return { ...body, to: recipient, toId: null };
  return { ...body, to: "one", toId: recipient };
}

/** ENC-5: sealed, and this device has no key for it; what could be opened has its text. */
export function isUnreadable({ sealed, text }: Pick<ChatMessage, "sealed" | "text">): boolean {
  return sealed !== undefined && text === "";
}

/** Somebody who has left can no longer be written to. The panel then asks again, so that a private word does not go to all. */
export function stillThere(
  recipient: Recipient,
  people: readonly Pick<PersonView, "id">[],
): Recipient | null {
  if (recipient === "everyone" || recipient === "hosts") return recipient;
  return people.some((one) => one.id === recipient) ? recipient : null;
}

export interface EnterPress extends KeyLike {
  readonly shiftKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** Enter that ends a conversion never sends. */
export function sends(event: EnterPress, mode: "enter" | "ctrlEnter"): boolean {
  if (keyOf(event) !== "Enter") return false;
  const modified = event.ctrlKey || event.metaKey;
  return mode === "ctrlEnter" ? modified : !event.shiftKey && !modified;
}

export type SentTo =
  | "sentTo.everyone"
  | "sentTo.room"
  | "sentTo.otherRoom"
  | "sentTo.broadcast"
  | "sentTo.hosts"
  | "sentTo.one"
  | "sentTo.you";

export interface Reader {
  readonly selfId: string;
  /** The names of rooms that the reader is told of (SEC-4). */
  readonly rooms: readonly { readonly id: string; readonly name: string }[];
}

/** Who got it, and the name that belongs into the words: of a person, or of a room. */
export function sentTo(
  message: ChatMessage,
  { selfId, rooms }: Reader,
): { readonly key: SentTo; readonly name: string } {
  const name = message.toName ?? "";
  if (message.to === "one") return { key: message.toId === selfId ? "sentTo.you" : "sentTo.one", name };
  if (message.to !== "everyone" || message.breakoutId === null) return { key: `sentTo.${message.to}`, name };
  const room = rooms.find((one) => one.id === message.breakoutId);
  return room === undefined ? { key: "sentTo.otherRoom", name } : { key: "sentTo.room", name: room.name };
}

/** Whom `everyone` reaches while rooms are open: those of the own room, or of the main meeting. */
export function everyoneIs(meta: Pick<RoomMeta, "breakouts">): "everyone" | "here" | "main" {
  if (ownRoomId(meta) !== null) return "here";
  return roomsAreOpen(meta) ? "main" : "everyone";
}

/** Follows another message of the same person to the same readers within five minutes: the head need not repeat. */
export function continues(message: ChatMessage, before: ChatMessage | undefined): boolean {
  return (
    before !== undefined &&
    before.fromId === message.fromId &&
    before.to === message.to &&
    before.toId === message.toId &&
    before.breakoutId === message.breakoutId &&
    message.at - before.at < 300_000
  );
}
