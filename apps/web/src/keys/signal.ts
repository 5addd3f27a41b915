import { call } from "../api/client.ts";
import type { MeetingKeys } from "./meeting-keys.ts";
import type { SealedContent } from "./sealed-content.ts";

/** To everybody of the group; nothing of it is kept (ENC-5). */
export async function signal(link: string, keys: Pick<MeetingKeys, "seal">, content: SealedContent) {
  const sealed = await keys.seal(null, JSON.stringify(content));
  return call("POST", "/api/m/:link/keys/signals", { params: { link }, body: { sealed } });
}
