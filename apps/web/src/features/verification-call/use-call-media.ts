import type { IceServer } from "@sekisho/contract";
import { useEffect, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { CallCommands } from "../../api/live/call-commands.ts";
import { openMedia } from "../../media/livekit-media.ts";
import type { Media } from "../../media/media-state.ts";

/** The connection to the call's room, with microphone and camera on: what the person has just agreed to. */
export function useCallMedia(
  commands: CallCommands,
  sfuIdentity: string | null,
  listedOnly: boolean,
): Media | null {
  const [media, setMedia] = useState<Media | null>(null);
  useEffect(() => {
    if (sfuIdentity === null) return;
    const opened = openCall(commands, sfuIdentity, listedOnly);
    let begun = false;
    const stop = opened.subscribe(() => {
      if (begun || opened.getState().phase !== "connected") return;
      begun = true;
      void opened.setMicrophone(true);
      void opened.setCamera(true);
    });
    setMedia(opened);
    return () => {
      stop();
      setMedia(null);
      void opened.close();
    };
  }, [commands, sfuIdentity, listedOnly]);
  return media;
}

function openCall(commands: CallCommands, sfuIdentity: string, listedOnly: boolean): Media {
  let iceServers: readonly IceServer[] = [];
  return openMedia({
    ticket: null,
    oneRoom: true,
    listedOnly,
    iceServers: () => iceServers,
    renew: async () => {
      try {
        const given = await commands.ticket();
        iceServers = given.iceServers;
        // Admitted in the meantime: that place is the meeting's, where nobody has agreed to be seen yet.
        return given.sfuIdentity === sfuIdentity ? given.ticket : null;
      } catch (error) {
        // A clear no ends the tries; silence or a busy server does not.
        if (
          error instanceof ApiError &&
          error.failure.code !== "unreachable" &&
          error.failure.code !== "busy"
        )
          return null;
        throw error;
      }
    },
    onConnected: () => undefined,
  });
}
