/** Chat and reactions: rights at the server, delivery by notification to whoever may read (SEC-2, SEC-5). */
import { routes, type ChatMessage } from "@sekisho/contract";
import { capabilitiesOf, id, isEndToEnd, mayPerceive } from "@sekisho/domain";
import type { Pool } from "pg";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { chatChannel, type Chat } from "./chat.ts";
import { mayReadAgain } from "./chat-readers.ts";
import type { LiveFound } from "./guard.ts";

export const reactionChannel = "sekisho_reaction";

export function chatRoutes(chat: Chat, pool: Pool, clock: { now(): number }): readonly BoundRoute[] {
  const { live, breakouts } = routes;

  async function send(found: LiveFound, message: ChatMessage): Promise<ChatMessage> {
    const added = await chat.add(found.instanceId, message);
    const stands = added ? message : await chat.one(found.instanceId, message.id);
    // The same id from somebody else is not a repetition.
    if (stands === null || stands.fromId !== found.admission.id) throw new HttpError("bad_request");
    if (added)
      await pool.query("select pg_notify($1, $2)", [chatChannel, `${found.instanceId} ${message.id}`]);
    return stands;
  }

  return [
    handle<typeof live.chatSend, LiveFound>(live.chatSend, ({ found, body }) =>
      send(found, messageOf(found, body, clock.now())),
    ),
    handle<typeof breakouts.broadcast, LiveFound>(breakouts.broadcast, ({ found, body }) => {
      const { state, admission } = found;
      if (state.breakouts.phase === "closed") throw new HttpError("breakouts_closed");
      if (!capabilitiesOf(state, admission).has("breakout.broadcast")) throw new HttpError("not_allowed");
      return send(found, messageOf(found, { ...body, to: "broadcast", toId: null }, clock.now()));
    }),
    handle<typeof live.chatRead, LiveFound>(live.chatRead, async ({ found }) => {
      const { status } = found.admission;
      const since = status.kind === "admitted" ? status.at : clock.now();
      const rooms = found.admission.places.map((place) => place.breakoutId);
      const messages = await chat.since(found.instanceId, since, rooms);
      return { messages: messages.filter((message) => mayReadAgain(found.admission, message)) };
    }),
    handle<typeof live.react, LiveFound>(live.react, async ({ found, body }) => {
      // ENC-5: there it comes sealed, like everything that is said.
      if (isEndToEnd(found.state)) throw new HttpError("not_with_e2ee");
      const payload = `${found.instanceId} ${found.admission.id} ${body.reaction}`;
      await pool.query("select pg_notify($1, $2)", [reactionChannel, payload]);
      return { ok: true };
    }),
  ];
}

function messageOf(
  found: LiveFound,
  body: {
    to: ChatMessage["to"];
    toId: string | null;
    text: string;
    clientId: string;
    sealed?: string | undefined;
  },
  at: number,
): ChatMessage {
  // ENC-5: never text that this server could read; and nothing sealed that readers could not open.
  const sealed = isEndToEnd(found.state);
  if (sealed ? body.sealed === undefined || body.text !== "" : body.sealed !== undefined)
    throw new HttpError("not_with_e2ee");
  if (!sealed && body.text === "") throw new HttpError("bad_request");
  const reader = body.toId === null ? undefined : found.state.admissions.get(id.admission(body.toId));
  const there = reader?.status.kind === "admitted" && mayPerceive(found.admission, reader);
  if (body.to === "one" && !there) throw new HttpError("no_such_person");
  const toOne = body.to === "one" && reader !== undefined;
  return {
    id: body.clientId,
    at,
    fromId: found.admission.id,
    fromName: found.admission.displayName,
    to: body.to,
    breakoutId: found.admission.breakoutId,
    toId: toOne ? reader.id : null,
    toName: toOne ? reader.displayName : null,
    text: body.text.replaceAll(/[^\P{Cc}\n\t]/gu, ""),
    ...(body.sealed === undefined ? {} : { sealed: body.sealed }),
  };
}
