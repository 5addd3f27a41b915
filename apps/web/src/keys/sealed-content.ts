/**
 * What is inside a sealed message (ENC-5). It says itself what it is, for whom, and under which id, so that the server
 * cannot show it as something else, to somebody else, or twice.
 */
import type { ChatMessage, Reaction } from "@sekisho/contract";

export type ChatContent = {
  readonly v: 1;
  readonly what: "chat";
  /** The message's id, which the sender chose. */
  readonly id: string;
  readonly to: ChatMessage["to"];
  readonly toId: string | null;
  readonly text: string;
};
export type ReactionContent = { readonly v: 1; readonly what: "reaction"; readonly reaction: Reaction };
/** `of`: whose hand; another's only by those who may admit. */
export type HandContent = {
  readonly v: 1;
  readonly what: "hand";
  readonly of: string;
  /** ms since 1970 UTC by the sender's clock; null: lowered. */
  readonly raisedAt: number | null;
};
export type SealedContent = ChatContent | ReactionContent | HandContent;

/** As the contract has them; its schemas are no part of a page. */
const reactions = ["thumbsUp", "clap", "heart", "laugh", "surprise", "thanks"] as const satisfies Reaction[];

/** Null for anything that is none: it is then not shown. */
export function readContent(text: string): SealedContent | null {
  const value = parsed(text);
  if (field(value, "v") !== 1) return null;
  switch (field(value, "what")) {
    case "chat":
      return readChat(value);
    case "reaction": {
      const reaction = reactions.find((one) => one === field(value, "reaction"));
      return reaction === undefined ? null : { v: 1, what: "reaction", reaction };
    }
    case "hand": {
      const of = field(value, "of");
      const raisedAt = field(value, "raisedAt");
      if (typeof of !== "string" || (raisedAt !== null && typeof raisedAt !== "number")) return null;
      return { v: 1, what: "hand", of, raisedAt };
    }
    default:
      return null;
  }
}

const readers = ["everyone", "hosts", "one"] as const;

function readChat(value: unknown): ChatContent | null {
  const id = field(value, "id");
  const to = readers.find((one) => one === field(value, "to"));
  const toId = field(value, "toId");
  const text = field(value, "text");
  if (typeof id !== "string" || to === undefined || typeof text !== "string" || text.length > 2000)
    return null;
  if (toId !== null && typeof toId !== "string") return null;
  return { v: 1, what: "chat", id, to, toId, text };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function field(of: unknown, key: string): unknown {
  return typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined;
}
