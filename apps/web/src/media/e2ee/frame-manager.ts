/**
 * Fits the frame worker into livekit-client, in the place of its own `E2EEManager`, which believes the server about what is
 * encrypted and can be switched off (ENC-2). Always on; its data packets are neither sent nor read.
 */
import {
  EngineEvent,
  EncryptionEvent,
  RoomEvent,
  type BaseE2EEManager,
  type E2EEManagerCallbacks,
  type Participant,
  type RemoteParticipant,
  type RemoteTrack,
  type RemoteTrackPublication,
  type Room,
} from "livekit-client";
import { connectionOf, guardConnection, type Attach } from "./guard-connection.ts";

export type FrameAlarm =
  /** The server says that this track is sent in clear: it is not subscribed to, and none of its frames is played. */
  | { readonly type: "clear_track"; readonly sfuIdentity: string }
  /** A data packet of the media server came: nothing reads it. */
  | { readonly type: "data_packet" }
  /** A track in a codec that is not protected: nothing of it is sent or played. */
  | { readonly type: "unknown_codec"; readonly codec: string }
  /** The worker is gone or was told nonsense: nothing is sent or played any more. */
  | { readonly type: "worker_failed" };

export type FrameRoutes = Attach & {
  /** Whose frames arrive there; null: nobody's. */
  readonly from: (receiver: RTCRtpReceiver, sfuIdentity: string | null) => void;
  readonly alarm: (alarm: FrameAlarm) => void;
};

type Engine = Parameters<BaseE2EEManager["setupEngine"]>[0];
type Changed = E2EEManagerCallbacks["participantEncryptionStatusChanged"];

const refuse = () => Promise.reject(new Error("nothing goes over the media server's data channels"));

export class FrameManager implements BaseE2EEManager {
  readonly isEnabled = true;
  readonly #routes: FrameRoutes;
  readonly #changed = new Set<Changed>();
  readonly #refused = new WeakSet<RemoteTrackPublication>();
  readonly #shown = new WeakMap<RTCRtpReceiver, RemoteTrack>();
  #room: Room | null = null;

  constructor(routes: FrameRoutes) {
    this.#routes = routes;
  }

  get isDataChannelEncryptionEnabled(): boolean {
    return true;
  }

  /** The library sets it from the room's options; there is nothing to choose. */
  set isDataChannelEncryptionEnabled(_: boolean) {
    return;
  }

  setup(room: Room): void {
    if (this.#room !== null) throw new Error("one room for each protection");
    this.#room = room;
    // State, not events: after a reconnect of both sides not every track is announced.
    for (const event of Object.values(RoomEvent)) room.on(event, () => this.#look(room));
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#forget(track));
    room.on(RoomEvent.DataReceived, () => this.#routes.alarm({ type: "data_packet" }));
  }

  setupEngine(engine: Engine): void {
    engine.on(EngineEvent.TransportsCreated, (...transports) => {
      for (const transport of transports)
        if (transport !== undefined) guardConnection(connectionOf(transport), this.#routes);
    });
  }

  /** Only repeats to the library what is always so. */
  setParticipantCryptorEnabled(_: boolean, identity: string): void {
    const person = this.#room?.getParticipantByIdentity(identity);
    if (person !== undefined) for (const changed of this.#changed) changed(true, person);
  }

  /** Frames that the SFU makes up are dropped like all that do not open, so what ends them is of no use. */
  setSifTrailer(): void {
    return;
  }

  encryptData(): Promise<never> {
    return refuse();
  }

  handleEncryptedData(): Promise<never> {
    this.#routes.alarm({ type: "data_packet" });
    return refuse();
  }

  on<E extends keyof E2EEManagerCallbacks>(event: E, listener: E2EEManagerCallbacks[E]): this {
    if (event === EncryptionEvent.ParticipantEncryptionStatusChanged)
      this.#changed.add((...of: [boolean, Participant?]) => void Reflect.apply(listener, null, of));
    return this;
  }

  #look(room: Room): void {
    for (const person of room.remoteParticipants.values())
      for (const publication of person.trackPublications.values()) {
        const { track } = publication;
        const clear = this.#isClear(publication, person);
        if (track?.receiver === undefined || this.#shown.get(track.receiver) === track) continue;
        this.#shown.set(track.receiver, track);
        this.#routes.from(track.receiver, clear ? null : person.identity);
      }
  }

  /** A receiver is used again for other tracks: only the one that it has now ends with it. */
  #forget(track: RemoteTrack): void {
    const { receiver } = track;
    if (receiver === undefined || this.#shown.get(receiver) !== track) return;
    this.#shown.delete(receiver);
    this.#routes.from(receiver, null);
  }

  /** What was once said to be in clear stays refused, whatever is said of it later. */
  #isClear(publication: RemoteTrackPublication, { identity }: RemoteParticipant): boolean {
    if (this.#refused.has(publication)) return true;
    if (publication.isEncrypted) return false;
    this.#refused.add(publication);
    publication.setSubscribed(false);
    if (publication.track !== undefined) this.#forget(publication.track);
    this.#routes.alarm({ type: "clear_track", sfuIdentity: identity });
    return true;
  }
}
