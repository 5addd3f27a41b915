/** How rows name an invitee: by a keyed hash, so that no address stands beside what was sent to it (DAT-5). */
import type { Keys } from "../../../platform/keys/keys.ts";
import { readAddress } from "../../../platform/mail/address.ts";

export function inviteeMac(keys: Keys, meetingId: string, email: string): Buffer {
  const address = readAddress(email)?.address ?? email.toLowerCase();
  return keys.mac("invitee", `${meetingId}\n${address}`);
}
