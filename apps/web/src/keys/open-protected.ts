import type { FrameProtection } from "../media/e2ee/frame-protection.ts";
import type { Media } from "../media/media-state.ts";
import type { MeetingKeys } from "./meeting-keys.ts";

/**
 * Opens media once the keys for them are there, and closes both together. Without keys, which is the mode transport, at
 * once. What is closed before it opened never opens.
 */
export function openProtected(
  keys: MeetingKeys | undefined,
  open: (protection: FrameProtection | undefined) => Media,
): () => void {
  let closed = false;
  let media: Media | null = null;
  let protection: FrameProtection | undefined;
  if (keys === undefined) media = open(undefined);
  else void openWith(keys);

  async function openWith(of: MeetingKeys): Promise<void> {
    const group = of.groupNow();
    if (!(await of.joined(group)) || closed) return;
    protection = of.protect(group);
    media = open(protection);
  }

  return () => {
    closed = true;
    void media?.close();
    protection?.close();
  };
}
