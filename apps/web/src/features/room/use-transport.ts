import { useEffect, useState } from "react";
import { useMedia, useMediaState } from "../../media/media-context.ts";
import type { MediaTransport } from "../../media/transport.ts";

const untilKnownMs = 2_000;
const againMs = 30_000;

/** What the media connection has negotiated; null while that is not known, as when nobody sends anything. */
export function useTransport(): MediaTransport | null {
  const media = useMedia();
  const connected = useMediaState().phase === "connected";
  const [transport, setTransport] = useState<MediaTransport | null>(null);
  useEffect(() => {
    if (!connected) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    async function look() {
      const found = await media.transport().catch(() => null);
      if (over) return;
      setTransport(found);
      timer = setTimeout(() => void look(), found === null ? untilKnownMs : againMs);
    }
    void look();
    return () => {
      over = true;
      clearTimeout(timer);
      setTransport(null);
    };
  }, [media, connected]);
  return transport;
}
