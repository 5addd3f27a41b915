import type { Room } from "livekit-client";
import { transportIn, type MediaTransport } from "./transport.ts";

/** Of the connection itself, so also before anything is sent. Where there are two, the one that says less for itself. */
export async function readTransport(room: Room): Promise<MediaTransport | null> {
  const { publisher, subscriber } = room.engine.pcManager ?? {};
  let found: MediaTransport | null = null;
  for (const transport of [publisher, subscriber]) {
    const report = await transport?.getStats();
    const one = report === undefined ? null : transportIn(report.values());
    if (found === null || one?.listed === false) found = one ?? found;
  }
  return found;
}
