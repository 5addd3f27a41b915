import type { Reaction } from "@sekisho/contract";

/** In the order in which they are offered. The words beside them are in the catalogue. */
export const REACTIONS = [
  "thumbsUp",
  "clap",
  "heart",
  "laugh",
  "surprise",
  "thanks",
] as const satisfies Reaction[];

const emoji: Readonly<Record<Reaction, string>> = {
  thumbsUp: "👍",
  clap: "👏",
  heart: "❤️",
  laugh: "😄",
  surprise: "😮",
  thanks: "🙏",
};

export function emojiOf(reaction: Reaction): string {
  return emoji[reaction];
}
