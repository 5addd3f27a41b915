/**
 * Keeps two people of one SFU room from each other's media for the instant before one of them is removed (BAR-5). What
 * LiveKit enforces is the publisher's own word, SignalRequest 11 subscription_permission; the page's is dropped, ours
 * is said in its place (sfu-gate.md: held against subscribing again, a late joiner, resume and full reconnect).
 */
import { bytesField, concat, textField, varintField } from "./protobuf.ts";

/** @param allowed SFU identities that may go on receiving this publisher; null: everybody. */
export function fenceFrame(allowed: readonly string[] | null): Uint8Array {
  if (allowed === null) return bytesField(11, varintField(1, 1));
  const permissions = allowed.map((identity) =>
    bytesField(2, concat([varintField(2, 1), textField(4, identity)])),
  );
  // `all_participants: false` is what an absent field 1 means.
  return bytesField(11, concat(permissions));
}
