/** A meeting in memory for tests of its rules: the real `decide` and `evolve`, a clock and ids in plain sight. */
import {
  admissionOf,
  decide,
  evolve,
  fold,
  id,
  isEndToEnd,
  isKeyed,
  type Admission,
  type Command,
  type Decision,
  type EntranceFacts,
  type GateLimits,
  type InstanceSettings,
  type InstanceState,
  type MeetingEvent,
  type PersonCommand,
  type Principal,
  type RecordedEvent,
  type RejectionCode,
  type RequestOutcome,
  type RequestResult,
  noBarriers,
  type BarrierContext,
} from "@sekisho/domain";
import { hostNames, instanceSettings, people, type RoomChoice } from "./people.ts";
import { requestResult } from "./unsafe.ts";

export const minute = 60_000;
export const limits: GateLimits = {
  capacity: 100,
  waitingCapacity: 20_000,
  dropGraceMs: 2 * minute,
  hostsAwayMs: 5 * minute,
  emptyAfterEndMs: 60 * minute,
};

/** Everything proved; tests take single proofs away. */
export const goodFacts: EntranceFacts = {
  clientAccepted: true,
  linkKnown: true,
  withinRate: true,
  by: "link",
  passcode: "matched",
  named: false,
  excepted: false,
  secondFactor: true,
  addressProved: false,
  registered: false,
  factSheet: { version: 1, digest: "d1" },
  agreed: true,
  deviceDeclared: true,
};

export type Asking = {
  readonly name?: string;
  readonly affiliation?: string;
  readonly facts?: Partial<EntranceFacts>;
};

export class Room {
  now = 1_700_000_000_000;
  limits = limits;
  barrier: BarrierContext = noBarriers;
  readonly history: RecordedEvent[] = [];
  readonly nobody = id.admission("nobody");
  #state: InstanceState;
  #ids = 0;

  constructor(settings: InstanceSettings) {
    const opened = this.#record({
      type: "instance.opened",
      instanceId: id.instance("instance"),
      meetingId: id.meeting("meeting"),
      sfuRoom: id.sfuRoom("room"),
      settings,
      personal: { hosts: [...hostNames], invited: [] },
    });
    const state = evolve(null, opened);
    if (state === null) throw new Error("An instance opens with instance.opened.");
    this.#state = state;
  }

  get state(): InstanceState {
    return this.#state;
  }

  #record(event: MeetingEvent): RecordedEvent {
    const recorded = { seq: this.history.length + 1, at: this.now, event };
    this.history.push(recorded);
    return recorded;
  }

  do(command: Command, actor: Principal | null = null): Decision {
    const newId = () => `id${String((this.#ids += 1)).padStart(20, "0")}`;
    const decision = decide(this.#state, command, {
      now: this.now,
      newId,
      actor,
      limits: this.limits,
      barrier: this.barrier,
    });
    if (decision.kind === "rejected") return decision;
    for (const event of decision.events) this.apply(event);
    return decision;
  }

  apply(event: MeetingEvent): void {
    this.#state = evolve(this.#state, this.#record(event)) ?? this.#state;
  }

  /** The events of a command that has to be accepted. */
  as(actor: Principal, command: PersonCommand): readonly MeetingEvent[] {
    const decision = this.do(command, actor);
    if (decision.kind === "rejected") throw new Error(`${command.type} was rejected: ${decision.code}`);
    return decision.events;
  }

  /** The code of a command that has to be rejected, or null. */
  codeOf(actor: Principal | null, command: Command): RejectionCode | null {
    const decision = this.do(command, actor);
    return decision.kind === "rejected" ? decision.code : null;
  }

  ask(principal: Principal, asking: Asking = {}): RequestResult {
    const { name = nameOf(principal), affiliation = "", facts = {} } = asking;
    const entrance = { principal, displayName: name, affiliation, facts: { ...goodFacts, ...facts } };
    const decision = this.do({ type: "gate.request", entrance });
    if (decision.kind === "rejected") throw new Error(`A request is never rejected: ${decision.code}`);
    return requestResult(decision.result);
  }

  outcome(principal: Principal, asking: Asking = {}): RequestOutcome {
    return this.ask(principal, asking).outcome;
  }

  person(principal: Principal): Admission {
    const found = admissionOf(this.#state, principal);
    if (found === null) throw new Error(`Nobody asked as ${nameOf(principal)}.`);
    return found;
  }

  idOf(principal: Principal): Admission["id"] {
    return this.person(principal).id;
  }

  statusOf(principal: Principal): Admission["status"]["kind"] {
    return this.person(principal).status.kind;
  }

  rowsOf(...principals: readonly Principal[]) {
    return principals.map((one) => ({ admissionId: this.idOf(one), revision: this.person(one).revision }));
  }

  admit(by: Principal, ...principals: readonly Principal[]): readonly MeetingEvent[] {
    return this.as(by, {
      type: "admission.admit",
      rows: this.rowsOf(...principals),
      method: null,
      standInReason: null,
    });
  }

  /** The host admits one, verified where that is required. */
  letIn(principal: Principal): void {
    const rows = this.rowsOf(principal);
    const verified = { method: "document", standInReason: "stands in" } as const;
    this.as(people.host, { type: "admission.admit", rows, ...verified });
  }

  /** Asks, is admitted by the host, added to the keys where there are any, and connects. */
  bringIn(...principals: readonly Principal[]): void {
    for (const principal of principals) {
      this.ask(principal);
      this.offerKeys(principal);
      if (this.statusOf(principal) === "waiting") this.letIn(principal);
      this.key(principal);
      this.connect(principal);
    }
  }

  /** The device of somebody who waits or is inside offers a key package; nothing without end-to-end encryption. */
  offerKeys(principal: Principal, digest = `package-${principal.device}`): void {
    if (isEndToEnd(this.state)) this.as(principal, { type: "keys.offer", group: "main", digest });
  }

  /** Begins the keys with this host, or has a member that may add this person. */
  key(principal: Principal): void {
    if (!isEndToEnd(this.state) || isKeyed(this.state, this.person(principal))) return;
    const main = this.state.keyGroups.get("main");
    if (main === undefined) {
      this.as(principal, { type: "keys.found", group: "main", generation: 1 });
      return;
    }
    const { generation, epoch } = main;
    const added = [this.idOf(principal)];
    const commit = { type: "keys.commit", group: "main", generation, epoch, added, removed: [] } as const;
    this.as(people.host, { ...commit, digest: `commit-${String(epoch)}` });
  }

  connect(principal: Principal, connectionId = `c-${principal.device}`): void {
    const admissionId = this.idOf(principal);
    const sfuIdentity = this.state.admissions.get(admissionId)?.sfuIdentity ?? "";
    this.do({ type: "gate.connected", admissionId, connectionId, sfuIdentity });
  }

  drop(principal: Principal, connectionId = `c-${principal.device}`): void {
    this.do({ type: "gate.dropped", admissionId: this.idOf(principal), connectionId });
  }

  tick(ms = 0, scheduledEnd: number | null = null): readonly MeetingEvent[] {
    this.now += ms;
    const decision = this.do({ type: "clock.tick", scheduledEnd });
    return decision.kind === "accepted" ? decision.events : [];
  }

  change(choice: RoomChoice): void {
    const names = { hosts: [...hostNames], invited: [] };
    this.do({ type: "settings.change", settings: instanceSettings(choice), names });
  }

  refolded(): InstanceState | null {
    return fold(this.history);
  }
}

function nameOf(principal: Principal): string {
  return principal.kind === "account" ? principal.accountId : principal.guestId;
}

export function room(choice: RoomChoice = {}): Room {
  return new Room(instanceSettings(choice));
}

/** A live meeting: the host is in and connected; with names, those people too. */
export function liveRoom(choice: RoomChoice = {}, ...inside: readonly Principal[]): Room {
  const made = room(choice);
  made.bringIn(people.host, ...inside);
  return made;
}
