/** Whether removal works at this media server now: somebody of no account joins a room of its own and is put out. */
import { randomBytes } from "node:crypto";
import { noGrants } from "@sekisho/domain";
import { WebSocket } from "ws";
import type { Sfu } from "./sfu.ts";

const limitMs = 5000;

/** Rejects if the participant does not get in, or is still connected when removal was acknowledged for 5 s. */
export async function tryRemoval(sfu: Sfu): Promise<void> {
  const sfuRoom = randomBytes(16).toString("base64url");
  const sfuIdentity = randomBytes(16).toString("base64url");
  await sfu.createRoom(sfuRoom, { emptyTimeout: 10, departureTimeout: 1, maxParticipants: 1 });
  const token = await sfu.mintUpstreamToken({ sfuRoom, sfuIdentity, grants: noGrants });
  const socket = new WebSocket(`${sfu.signalUrl}/rtc?protocol=16&auto_subscribe=0`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: limitMs,
  });
  try {
    await happens(socket, "message");
    const closed = happens(socket, "close");
    await sfu.removeParticipant(sfuRoom, sfuIdentity);
    await closed;
  } finally {
    socket.terminate();
    await sfu.deleteRoom(sfuRoom);
  }
}

function happens(socket: WebSocket, event: "message" | "close"): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no ${event} from the media server`)), limitMs);
    socket.once(event, () => {
      clearTimeout(timer);
      resolve();
    });
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
