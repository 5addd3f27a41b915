import { useEffect, useState } from "react";
import type { MeetingKeys } from "../keys/meeting-keys.ts";
import type { Entrance } from "./use-flow.ts";

/**
 * Undefined: this meeting has none, its mode is transport. Null: they are being opened, and nothing of media or chat begins
 * before. From the waiting room on, so that the keys are there when the host decides (ENC-7). `encrypted` holds once it
 * was said, over a reload too: a server that says otherwise later gets nothing in clear from this page (ENC-1).
 */
export function useMeetingKeys(
  { link, store }: Entrance,
  encrypted: boolean,
): MeetingKeys | null | undefined {
  const [keys, setKeys] = useState<MeetingKeys | null>(null);
  const [known, setKnown] = useState(() => wasEncrypted(link));
  const holds = encrypted || known;
  useEffect(() => {
    if (!holds) return;
    setKnown(true);
    rememberEncrypted(link);
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
  }, [holds, link, store]);
  return holds ? keys : undefined;
}

const mark = (link: string) => `sekisho.e2ee.${link}`;

function wasEncrypted(link: string): boolean {
  try {
    return sessionStorage.getItem(mark(link)) !== null;
  } catch {
    return false;
  }
}

function rememberEncrypted(link: string): void {
  try {
    sessionStorage.setItem(mark(link), "1");
  } catch {
    // Without storage it holds as long as the page.
  }
}
