/** The commands of an end-to-end encrypted meeting: what people say goes to the server sealed (ENC-5). */
import type { Commands } from "../api/live/commands.ts";
import { handSet } from "../api/live/room-updates.ts";
import type { MeetingStore } from "../api/live/meeting-store.ts";
import type { MeetingKeys } from "./meeting-keys.ts";
import { signal } from "./signal.ts";

export function sealedCommands(
  link: string,
  commands: Commands,
  { keys, store }: { readonly keys: MeetingKeys; readonly store: MeetingStore },
): Commands {
  async function hand(of: string, raisedAt: number | null) {
    const done = await signal(link, keys, { v: 1, what: "hand", of, raisedAt });
    store.update((state) => handSet(state, of, raisedAt));
    return done;
  }

  /** The readers of a message, by admission; null: everybody of the group. */
  function readersOf(to: string, toId: string | null): readonly string[] | null {
    if (to === "everyone") return null;
    if (to === "one") return toId === null ? [] : [toId];
    const { room } = store.getState();
    const hosts = (room?.people ?? []).filter((one) => one.role === "host" || one.role === "coHost");
    // Who the server calls a host and the group does not is no reader of it.
    const admits = new Set(keys.getState().holders.flatMap((one) => (one.admits ? [one.id] : [])));
    return hosts.map((one) => one.id).filter((id) => id !== room?.meta.selfId && admits.has(id));
  }

  return {
    ...commands,
    async sendChat(body) {
      const { to, toId, text, clientId } = body;
      const content = { v: 1, what: "chat", id: clientId, to, toId, text } as const;
      const sealed = await keys.seal(readersOf(to, toId), JSON.stringify(content));
      keys.said.set(clientId, text);
      const message = await commands.sendChat({ ...body, text: "", sealed });
      // Nobody can open what they have sealed themselves: this page knows what it said.
      return { ...message, text };
    },
    react: ({ reaction }) => {
      const own = store.getState().room?.meta.selfId;
      if (own !== undefined) store.receive({ type: "reaction", fromId: own, reaction });
      return signal(link, keys, { v: 1, what: "reaction", reaction });
    },
    raiseHand: () => hand(store.getState().room?.meta.selfId ?? "", Date.now()),
    lowerHand: (id) => hand(id, null),
  };
}
