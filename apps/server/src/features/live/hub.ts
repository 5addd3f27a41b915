/** Everybody who follows an instance in this process: each is sent what changed of what that person may see. */
import type { ChatMessage, IceServer, StreamMessage } from "@sekisho/contract";
import type { InstanceState, Principal, RecordedEvent } from "@sekisho/domain";
import { createRoomBook, type RoomBook, type RoomPatch } from "./room-book.ts";
import { countRoom, roomMeta, type RoomContext, type RoomCounts } from "./present-room.ts";
import { ownAdmission, ownView } from "./own-view.ts";
import { changesWhatWaitersSee } from "./touched.ts";

export type Subscriber = {
  readonly principal: Principal;
  readonly send: (message: StreamMessage) => void;
  /** Ends the stream and tells the page not to come back with it. */
  readonly gone: () => void;
};

export type HubDeps = {
  readonly contextOf: (state: InstanceState) => Promise<RoomContext>;
  readonly issueTicket: (instanceId: string, admissionId: string, device: string) => Promise<string>;
  readonly iceServersFor: (admissionId: string) => readonly IceServer[];
  readonly onFailure: (error: unknown) => void;
};

export type Hub = {
  /** Sends the first views, then every change, until the returned function is called. */
  follow(state: InstanceState, subscriber: Subscriber): Promise<() => void>;
  /** `events` lead from what was published before to `state`. */
  publish(state: InstanceState, events: readonly RecordedEvent[]): void;
  /** The newest state that was published to followers here; null where nobody follows. */
  published(instanceId: string): InstanceState | null;
  followed(): readonly string[];
  /** To admitted people that `to` accepts. */
  tell(
    instanceId: string,
    to: (admissionId: string, principal: Principal) => boolean,
    message: StreamMessage,
  ): void;
  /** Sessions that follow something here. */
  devices(): readonly string[];
  closeDevices(devices: ReadonlySet<string>): void;
  alive(now: number): void;
  closeAll(): void;
};

type Follower = Subscriber & { lastAdmission: string; lastMeta: string; inRoom: boolean; seesLobby: boolean };

type Room = { state: InstanceState; book: RoomBook; context: RoomContext; readonly followers: Set<Follower> };

export function createHub(deps: HubDeps): Hub {
  const rooms = new Map<string, Room>();

  /** Settings may have changed the facts of the meeting (topic, verifier's name, end). */
  async function refreshContext(room: Room): Promise<void> {
    room.context = await deps.contextOf(room.state);
    for (const follower of room.followers) sendRoom(room, follower, countRoom(room.state));
  }

  function bring(room: Room, follower: Follower, change: Change): void {
    const view = ownView(room.state, follower.principal);
    const text = JSON.stringify(view);
    if (text !== follower.lastAdmission) {
      const entering = view.state === "admitted" && !follower.lastAdmission.includes('"state":"admitted"');
      const justAdmitted = entering && follower.lastAdmission.includes('"state":"waiting"');
      follower.lastAdmission = text;
      if (view.state !== "admitted") follower.inRoom = false;
      if (justAdmitted && view.state === "admitted") admitWithTicket(room, follower, view, text);
      else follower.send({ type: "admission", admission: view, ticket: null });
    }
    if (view.state === "admitted") sendRoom(room, follower, change.counts, change.patch);
  }

  /** The ticket rides with the good news, which saves the page a round trip to its first picture. */
  function admitWithTicket(
    room: Room,
    follower: Follower,
    view: Extract<ReturnType<typeof ownView>, { state: "admitted" }>,
    text: string,
  ): void {
    const { instanceId } = room.state;
    void deps.issueTicket(instanceId, view.admissionId, follower.principal.device).then(
      (ticket) => {
        // Removed in between: the newer word stands.
        if (follower.lastAdmission === text) follower.send({ type: "admission", admission: view, ticket });
      },
      (error: unknown) => {
        deps.onFailure(error);
        if (follower.lastAdmission === text)
          follower.send({ type: "admission", admission: view, ticket: null });
      },
    );
  }

  function sendRoom(room: Room, follower: Follower, counts: RoomCounts, patch?: RoomPatch): void {
    const person = ownAdmission(room.state, follower.principal);
    if (person === null || person.status.kind !== "admitted") return;
    const meta = roomMeta(room.state, person, room.context, counts);
    const seesLobby = meta.lobby !== null;
    const text = JSON.stringify(meta);
    const { seq } = room.state;
    if (!follower.inRoom || seesLobby !== follower.seesLobby) {
      const lobby = seesLobby ? [...room.book.lobby()] : [];
      const bans = seesLobby ? [...room.book.bans()] : [];
      const iceServers = [...deps.iceServersFor(person.id)];
      follower.send({ type: "room", seq, iceServers, meta, people: [...room.book.people()], lobby, bans });
    } else {
      sendPatch(follower, { seq, meta: text === follower.lastMeta ? null : meta, patch, seesLobby });
    }
    follower.inRoom = true;
    follower.seesLobby = seesLobby;
    follower.lastMeta = text;
  }

  return {
    async follow(state, subscriber) {
      const room = rooms.get(state.instanceId) ?? (await openRoom(state));
      const follower: Follower = {
        ...subscriber,
        lastAdmission: "",
        lastMeta: "",
        inRoom: false,
        seesLobby: false,
      };
      dropOldest(room, subscriber.principal.device);
      room.followers.add(follower);
      bring(room, follower, { counts: countRoom(room.state), patch: undefined });
      return () => {
        room.followers.delete(follower);
        if (room.followers.size === 0 && rooms.get(state.instanceId) === room) rooms.delete(state.instanceId);
      };
    },
    publish(state, events) {
      const room = rooms.get(state.instanceId);
      if (room === undefined || state.seq <= room.state.seq) return;
      room.state = state;
      const patch = room.book.update(state, events);
      const change = { counts: countRoom(state), patch };
      const all = changesWhatWaitersSee(events);
      for (const follower of room.followers) {
        const own = ownAdmission(state, follower.principal);
        const concerned = all || follower.inRoom || own === null || patch.touched.has(own.id);
        if (concerned) bring(room, follower, change);
      }
      if (events.some(({ event }) => event.type === "instance.settingsChanged"))
        refreshContext(room).catch(deps.onFailure);
    },
    published: (instanceId) => rooms.get(instanceId)?.state ?? null,
    followed: () => [...rooms.keys()],
    tell(instanceId, to, message) {
      const room = rooms.get(instanceId);
      if (room === undefined) return;
      for (const follower of room.followers) {
        const person = ownAdmission(room.state, follower.principal);
        if (person !== null && follower.inRoom && to(person.id, person.principal)) follower.send(message);
      }
    },
    devices() {
      const devices = new Set<string>();
      for (const room of rooms.values())
        for (const { principal } of room.followers)
          if (principal.kind === "account") devices.add(principal.device);
      return [...devices];
    },
    closeDevices(devices) {
      for (const room of rooms.values())
        for (const follower of room.followers) if (devices.has(follower.principal.device)) follower.gone();
    },
    alive(now) {
      for (const room of rooms.values())
        for (const follower of room.followers) follower.send({ type: "alive", at: now });
    },
    closeAll() {
      for (const room of rooms.values()) for (const follower of room.followers) follower.gone();
    },
  };

  async function openRoom(state: InstanceState): Promise<Room> {
    const context = await deps.contextOf(state);
    const known = rooms.get(state.instanceId);
    if (known !== undefined) return known;
    const room: Room = { state, book: createRoomBook(state), context, followers: new Set() };
    rooms.set(state.instanceId, room);
    return room;
  }
}

/** Tabs of one browser; more than anybody needs would only be a way to wear the server out. */
const mostStreams = 8;

function dropOldest(room: Room, device: string): void {
  const own = [...room.followers].filter((follower) => follower.principal.device === device);
  for (const follower of own.slice(0, Math.max(0, own.length - mostStreams + 1))) follower.gone();
}

type Change = { readonly counts: RoomCounts; readonly patch: RoomPatch | undefined };

function sendPatch(
  follower: Follower,
  change: {
    readonly seq: number;
    readonly meta: Extract<StreamMessage, { type: "patch" }>["meta"];
    readonly patch: RoomPatch | undefined;
    readonly seesLobby: boolean;
  },
): void {
  const { patch, meta, seq, seesLobby } = change;
  const people = { set: [...(patch?.people.set ?? [])], gone: [...(patch?.people.gone ?? [])] };
  const lobby = {
    set: seesLobby ? [...(patch?.lobby.set ?? [])] : [],
    gone: seesLobby ? [...(patch?.lobby.gone ?? [])] : [],
  };
  const bans = seesLobby && patch?.bans ? [...patch.bans] : null;
  const empty =
    meta === null &&
    people.set.length + people.gone.length + lobby.set.length + lobby.gone.length === 0 &&
    bans === null;
  if (!empty) follower.send({ type: "patch", seq, meta, people, lobby, bans });
}

/** Who of the admitted people may read a chat message (SEC-5). */
export function mayRead(state: InstanceState, message: ChatMessage, admissionId: string): boolean {
  if (message.fromId === admissionId) return true;
  if (message.to === "everyone") return true;
  if (message.to === "one") return message.toId === admissionId;
  for (const person of state.admissions.values())
    if (person.id === admissionId) return person.role === "host" || person.role === "coHost";
  return false;
}
