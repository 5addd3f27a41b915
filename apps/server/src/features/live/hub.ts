/** Everybody who follows an instance in this process: each is sent what changed of what that person may see. */
import type { IceServer, StreamMessage } from "@sekisho/contract";
import {
  isHosting,
  type Admission,
  type InstanceState,
  type Principal,
  type RecordedEvent,
} from "@sekisho/domain";
import { createRoomBook, type RoomBook, type RoomPatch } from "./room-book.ts";
import { countRoom, roomMeta, type RoomContext, type RoomCounts } from "./present-room.ts";
import { ownAdmission, ownView } from "./own-view.ts";
import type { TicketRow } from "./tickets.ts";
import { changesWhatWaitersSee } from "./touched.ts";

export type Subscriber = {
  readonly principal: Principal;
  readonly send: (message: StreamMessage) => void;
  /** Ends the stream and tells the page not to come back with it. */
  readonly gone: () => void;
  /** This process goes: whoever follows comes back, to this one started anew or to another. */
  readonly end: () => void;
};

export type HubDeps = {
  readonly contextOf: (state: InstanceState) => Promise<RoomContext>;
  readonly issueTicket: (stay: TicketRow) => Promise<string>;
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

type Follower = Subscriber & {
  lastAdmission: string;
  /** The stay at the SFU that the page was last told of; empty while it has none. */
  lastStay: string;
  lastMeta: string;
  inRoom: boolean;
  seesLobby: boolean;
  scope: Scope;
};

/** Whose people somebody is shown: everybody's, or those of one room. */
type Scope = { readonly everybody: true } | { readonly everybody: false; readonly breakoutId: string | null };

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
      const stay = view.state === "admitted" ? view.sfuIdentity : "";
      // In another room now (SEC-4): the connection that the page has is over.
      const moved = follower.lastStay !== "" && follower.lastStay !== stay;
      // ENC-7: the ticket comes after the keys.
      const keyed = view.state === "admitted" && view.keying !== true;
      const justKeyed = keyed && follower.lastAdmission.includes('"keying":true');
      follower.lastAdmission = text;
      follower.lastStay = stay;
      if (view.state !== "admitted") follower.inRoom = false;
      if ((justAdmitted || moved || justKeyed) && keyed) admitWithTicket(room, follower, view, text);
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
    const { admissionId, sfuIdentity } = view;
    const stay = { instanceId, admissionId, sfuIdentity, device: follower.principal.device };
    void deps.issueTicket(stay).then(
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
    const scope = scopeOf(person);
    if (!follower.inRoom || seesLobby !== follower.seesLobby || !sameScope(scope, follower.scope)) {
      const lobby = seesLobby ? [...room.book.lobby()] : [];
      const bans = liftsBans(person) ? [...room.book.bans()] : [];
      const iceServers = [...deps.iceServersFor(person.id)];
      const people = room.book.people().filter((one) => isIn(scope, one.breakoutId));
      follower.send({ type: "room", seq, iceServers, meta, people, lobby, bans });
    } else {
      const bans = liftsBans(person) && patch?.bans ? [...patch.bans] : null;
      const changed = text === follower.lastMeta ? null : meta;
      sendPatch(follower, { seq, meta: changed, patch, seesLobby, scope, bans });
    }
    follower.inRoom = true;
    follower.scope = scope;
    follower.seesLobby = seesLobby;
    follower.lastMeta = text;
  }

  return {
    async follow(state, subscriber) {
      const room = rooms.get(state.instanceId) ?? (await openRoom(state));
      const follower: Follower = {
        ...subscriber,
        lastAdmission: "",
        lastStay: "",
        lastMeta: "",
        inRoom: false,
        seesLobby: false,
        scope: { everybody: true },
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
      for (const room of rooms.values()) for (const follower of room.followers) follower.end();
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

/** Hosts are shown everybody; whoever else, the people of the own room, and nothing of what goes on elsewhere (SEC-4). */
function scopeOf(person: Admission): Scope {
  return isHosting(person) ? { everybody: true } : { everybody: false, breakoutId: person.breakoutId };
}

function isIn(scope: Scope, breakoutId: string | null): boolean {
  return scope.everybody || scope.breakoutId === breakoutId;
}

function sameScope(a: Scope, b: Scope): boolean {
  return a.everybody ? b.everybody : !b.everybody && a.breakoutId === b.breakoutId;
}

function peopleFor(scope: Scope, patch: RoomPatch | undefined) {
  if (patch === undefined) return { set: [], gone: [] };
  const { set, gone, left } = patch.people;
  if (scope.everybody) return { set: [...set], gone: [...gone] };
  return {
    set: set.filter((one) => isIn(scope, one.breakoutId)),
    gone: left.filter((one) => isIn(scope, one.from)).map((one) => one.id),
  };
}

/** ADM-8: the host alone lifts a ban, so nobody else reads the names: they may be of somebody behind a wall (BAR-14). */
function liftsBans(person: Admission): boolean {
  return person.role === "host";
}

type Change = { readonly counts: RoomCounts; readonly patch: RoomPatch | undefined };

function sendPatch(
  follower: Follower,
  change: {
    readonly seq: number;
    readonly meta: Extract<StreamMessage, { type: "patch" }>["meta"];
    readonly patch: RoomPatch | undefined;
    readonly seesLobby: boolean;
    readonly scope: Scope;
    readonly bans: Extract<StreamMessage, { type: "patch" }>["bans"];
  },
): void {
  const { patch, meta, seq, seesLobby, scope, bans } = change;
  const people = peopleFor(scope, patch);
  const lobby = {
    set: seesLobby ? [...(patch?.lobby.set ?? [])] : [],
    gone: seesLobby ? [...(patch?.lobby.gone ?? [])] : [],
  };
  const empty =
    meta === null &&
    people.set.length + people.gone.length + lobby.set.length + lobby.gone.length === 0 &&
    bans === null;
  if (!empty) follower.send({ type: "patch", seq, meta, people, lobby, bans });
}
