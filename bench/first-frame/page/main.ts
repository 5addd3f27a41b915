/** The bare page: the media library with the product's own options, and no word of ours between it and LiveKit. */
import { Room, RoomEvent } from "livekit-client";
import { roomOptions } from "../../../apps/web/src/media/room-options.ts";

const room = new Room(roomOptions(() => false));
room.on(RoomEvent.TrackSubscribed, (track) => {
  document.body.append(track.attach());
});

async function join(token: string): Promise<void> {
  const url = location.origin.replace("https:", "wss:");
  Reflect.set(globalThis, "startedAt", performance.timeOrigin + performance.now());
  await room.connect(url, token, { rtcConfig: { iceServers: [] } });
  await room.localParticipant.enableCameraAndMicrophone();
}

/** Asked beforehand, as the product's device check does. */
const devices = await navigator.mediaDevices.getUserMedia({ audio: true, video: true });
for (const track of devices.getTracks()) track.stop();
Reflect.set(globalThis, "join", join);
