/** Opens what comes sealed and tells the page's store what it says (ENC-5). What does not fit is not shown as said. */
import type { ChatMessage } from "@sekisho/contract";
import { handSet, revealed, withHands } from "../api/live/room-updates.ts";
import type { MeetingStore } from "../api/live/meeting-store.ts";
import type { MeetingKeys } from "./meeting-keys.ts";
import { readContent } from "./sealed-content.ts";
import { signal } from "./signal.ts";

export type Opening = {
  readonly link: string;
  readonly store: MeetingStore;
  readonly keys: MeetingKeys;
};

export function openSealed({ link, store, keys }: Opening): () => void {
  const seen = new Set<string>();
  let codeBefore = keys.getState().code;

  async function chat(message: ChatMessage): Promise<void> {
    const text = await textOf(message).catch(() => null);
    store.update((state) => revealed(state, message.id, text));
  }

  async function textOf(message: ChatMessage): Promise<string | null> {
    const { from, text } = await keys.open(message.sealed ?? "");
    const content = readContent(text);
    const fits =
      content?.what === "chat" &&
      from.member === message.fromId &&
      content.id === message.id &&
      content.to === message.to &&
      content.toId === message.toId;
    return fits ? content.text : null;
  }

  function look(): void {
    for (const message of store.getState().chat) {
      if (seen.has(message.id)) continue;
      seen.add(message.id);
      const own = keys.said.get(message.id);
      // Whatever text the server itself gives is nobody's word (ENC-5).
      if (own !== undefined) store.update((state) => revealed(state, message.id, own));
      else if (message.text === "" && message.sealed !== undefined) void chat(message);
      else store.update((state) => revealed(state, message.id, null));
    }
  }

  async function take(fromId: string, sealed: string): Promise<void> {
    if (fromId === store.getState().room?.meta.selfId) return;
    const { from, text } = await keys.open(sealed);
    const content = readContent(text);
    if (from.member !== fromId || content === null) return;
    if (content.what === "reaction") store.receive({ type: "reaction", fromId, reaction: content.reaction });
    if (content.what !== "hand") return;
    const admits = keys.getState().holders.some((one) => one.id === fromId && one.admits);
    if (content.of === fromId || (admits && content.raisedAt === null))
      store.update((state) => handSet(state, content.of, content.raisedAt));
  }

  /** Whoever has just come was not told of hands that are up already. */
  function repeatHand(): void {
    const { code } = keys.getState();
    if (code === codeBefore) return;
    codeBefore = code;
    const { room } = store.getState();
    const own = room?.people.find((one) => one.id === room.meta.selfId);
    if (code?.because?.what === "joined" && own !== undefined && own.handRaisedAt !== null)
      signal(link, keys, { v: 1, what: "hand", of: own.id, raisedAt: own.handRaisedAt }).catch(
        () => undefined,
      );
  }

  const stops = [
    store.subscribe(look),
    // What the server tells of people says nothing of their hands, and must not lower them.
    store.subscribe(() => store.update(withHands)),
    store.onSealed(({ fromId, sealed }) => void take(fromId, sealed).catch(() => undefined)),
    keys.subscribe(repeatHand),
  ];
  look();
  return () => {
    for (const stop of stops) stop();
  };
}
