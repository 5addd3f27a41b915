import type { IceServer } from "@sekisho/contract";
import { useEffect, useState } from "react";
import { ApiError } from "../../api/client.ts";
import type { CallCommands } from "../../api/live/call-commands.ts";
import type { MeetingKeys } from "../../keys/meeting-keys.ts";
import { openProtected } from "../../keys/open-protected.ts";
import type { FrameProtection } from "../../media/e2ee/frame-protection.ts";
import { openMedia } from "../../media/livekit-media.ts";
import type { Media } from "../../media/media-state.ts";

export type CallMediaOf = {
  readonly commands: CallCommands;
  readonly keys: MeetingKeys | undefined;
  /** At high (ENC-6): see `openMedia`. */
  readonly listedOnly: boolean;
};

/** The connection to the call's room, with microphone and camera on: what the person has just agreed to. */
export function useCallMedia(
  { commands, keys, listedOnly }: CallMediaOf,
  sfuIdentity: string | null,
): Media | null {
  const [media, setMedia] = useState<Media | null>(null);
  useEffect(() => {
    if (sfuIdentity === null) return;
    let begun = false;
    const close = openProtected(keys, (protection) => {
      const opened = openCall({ commands, listedOnly }, sfuIdentity, protection);
      opened.subscribe(() => {
        if (begun || opened.getState().phase !== "connected") return;
        begun = true;
        void opened.setMicrophone(true);
        void opened.setCamera(true);
      });
      setMedia(opened);
      return opened;
    });
    return () => {
      setMedia(null);
      close();
    };
  }, [commands, sfuIdentity, keys, listedOnly]);
  return media;
}

function openCall(
  { commands, listedOnly }: Omit<CallMediaOf, "keys">,
  sfuIdentity: string,
  protection: FrameProtection | undefined,
): Media {
  let iceServers: readonly IceServer[] = [];
  return openMedia({
    ticket: null,
    oneRoom: true,
    listedOnly,
    ...(protection === undefined ? {} : { protection }),
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
