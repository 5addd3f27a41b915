import { useEffect, useState } from "react";
import type { MeetingKeys } from "../keys/meeting-keys.ts";
import type { Entrance } from "./use-flow.ts";

/**
 * Undefined: this meeting has none, its mode is transport. Null: they are being opened, and nothing of media or chat begins
 * before. From the waiting room on, so that the keys are there when the host decides (ENC-7).
 */
export function useMeetingKeys(
  { link, store }: Entrance,
  encrypted: boolean,
): MeetingKeys | null | undefined {
  const [keys, setKeys] = useState<MeetingKeys | null>(null);
  useEffect(() => {
    if (!encrypted) return;
    let closed = false;
    let opened: MeetingKeys | null = null;
    void import("../keys/open-keys.ts").then(({ openKeys }) => {
      if (closed) return;
      opened = openKeys(link, store);
      setKeys(opened);
    });
    return () => {
      closed = true;
      opened?.close();
      setKeys(null);
    };
  }, [encrypted, link, store]);
  return encrypted ? keys : undefined;
}
