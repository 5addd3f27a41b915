/** Which version the media server is, from what it tells whoever joins: somebody of no account, in a room of its own. */
import { randomBytes } from "node:crypto";
import { noGrants } from "@sekisho/domain";
import { WebSocket } from "ws";
import { latin1, onlyBytes, readFields } from "./protobuf.ts";
import type { Sfu } from "./sfu.ts";

const limitMs = 5000;

/** livekit_rtc.proto, 1.13.5: SignalResponse 1 join, JoinResponse 12 server_info, ServerInfo 2 version. */
const path = [1, 12, 2] as const;

/** Rejects where the media server does not answer, or answers without a version. */
export async function askMediaVersion(sfu: Sfu): Promise<string> {
  const sfuRoom = randomBytes(16).toString("base64url");
  const sfuIdentity = randomBytes(16).toString("base64url");
  await sfu.createRoom(sfuRoom, { emptyTimeout: 10, departureTimeout: 1, maxParticipants: 1 });
  const token = await sfu.mintUpstreamToken({ sfuRoom, sfuIdentity, grants: noGrants });
  const socket = new WebSocket(`${sfu.signalUrl}/rtc?protocol=16&auto_subscribe=0`, {
    headers: { authorization: `Bearer ${token}` },
    handshakeTimeout: limitMs,
  });
  try {
    const version = versionIn(await firstFrame(socket));
    if (!/^[\w.+-]{1,40}$/u.test(version)) throw new Error("the media server names no version");
    return version;
  } finally {
    socket.terminate();
    await sfu.deleteRoom(sfuRoom);
  }
}

function versionIn(frame: Uint8Array): string {
  let bytes: Uint8Array | undefined = frame;
  for (const number of path) bytes = onlyBytes(readFields(bytes ?? new Uint8Array(), 65_536) ?? [], number);
  return latin1(bytes ?? new Uint8Array());
}

function firstFrame(socket: WebSocket): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("the media server does not answer")), limitMs);
    socket.once("message", (data) => {
      clearTimeout(timer);
      if (Buffer.isBuffer(data)) resolve(data);
      else reject(new Error("no frame of bytes"));
    });
    socket.once("error", (error) => {
      clearTimeout(timer);
      reject(error);
    });
  });
}
