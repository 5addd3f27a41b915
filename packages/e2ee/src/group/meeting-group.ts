/**
 * One member's group. Its operations run one after the other: two messages sealed at once would share a key, two opened at
 * once would forget each other. `confirm` and `discard` hold at once; what was under way then is done again on the new state.
 */
import { base64url, wipe } from "./bytes.ts";
import {
  GroupRefused,
  type Change,
  type Covers,
  type GroupPolicy,
  type MeetingGroup,
  type Member,
  type OwnCommit,
} from "./group.ts";
import { memberAt, membersOf } from "./members.ts";
import { makeCommit } from "./own-commit.ts";
import { receiveCommit } from "./receive.ts";
import { digitsOf, mediaKeyOf } from "./safety-code.ts";
import { opened, sealed } from "./seal.ts";
import { openedFrom, sealedTo } from "./seal-to.ts";
import { abandon, follow, wipeState, type Means, type State } from "./state.ts";
import { sha256 } from "@noble/hashes/sha2.js";
import { keyPackageIn } from "./wire.ts";

type Wanted = Parameters<MeetingGroup["commit"]>[0];

export function meetingGroup(initial: State, means: Means): MeetingGroup {
  return new RunningGroup(initial, means);
}

class RunningGroup implements MeetingGroup {
  readonly #means: Means;
  #state: State | null;
  #pending: State | null = null;
  #queue: Promise<unknown> = Promise.resolve();
  /** Letters that have been opened, of this epoch and of the one before. */
  #letters: readonly [ReadonlySet<string>, ReadonlySet<string>] = [new Set(), new Set()];

  constructor(initial: State, means: Means) {
    this.#state = initial;
    this.#means = means;
  }

  get suite() {
    return this.#means.suite;
  }

  get epoch(): number {
    return Number(this.#now().context.epoch);
  }

  get policy(): GroupPolicy {
    return this.#now().policy;
  }

  get self(): Member {
    const { tree, leaf, policy } = this.#now();
    const self = memberAt(tree, leaf, policy);
    if (self === null) throw new Error("a group without its own leaf");
    return self;
  }

  members(): readonly Member[] {
    const { tree, policy } = this.#now();
    return membersOf(tree, policy);
  }

  async commit(wanted: Wanted): Promise<OwnCommit> {
    const { add = [], remove = [], policy = null } = wanted;
    return await this.#inTurn(async (state) => {
      if (this.#pending !== null)
        throw new Error("there is a commit that was neither confirmed nor discarded");
      const leaves = remove.map((member) => leafOf(state, member));
      const plan = { add: add.map(keyPackageIn), remove: leaves, policy };
      const { own, next } = await makeCommit(state, plan, this.#means);
      return {
        answer: own,
        hold: () => {
          this.#pending = next;
        },
        drop: () => {
          abandon(next, state);
        },
      };
    });
  }

  confirm(): void {
    const next = this.#pending;
    if (next === null) throw new Error("there is no commit to confirm");
    this.#pending = null;
    this.#enter(next);
  }

  discard(): void {
    const pending = this.#pending;
    this.#pending = null;
    if (pending !== null) abandon(pending, this.#now());
  }

  async receive(commit: Uint8Array, covers: Covers): Promise<Change> {
    return await this.#inTurn(async (state) => {
      const { change, next } = await receiveCommit(state, commit, covers, this.#means);
      return {
        answer: change,
        hold: () => {
          this.discard();
          this.#enter(next);
        },
        drop: () => {
          abandon(next, state);
        },
      };
    });
  }

  async seal(content: Uint8Array): Promise<Uint8Array> {
    return await this.#inTurn(async (state) => {
      const { bytes, next, consumed } = await sealed(state, content, this.#means);
      return { answer: bytes, hold: () => this.#use(next, consumed) };
    });
  }

  async open(bytes: Uint8Array): Promise<{ readonly from: Member; readonly content: Uint8Array }> {
    return await this.#inTurn(async (state) => {
      const { from, content, next, consumed } = await opened(state, bytes, this.#means);
      return { answer: { from, content }, hold: () => this.#use(next, consumed) };
    });
  }

  async sealTo(member: string, content: Uint8Array): Promise<Uint8Array> {
    return await this.#inTurn(async (state) => ({
      answer: await sealedTo(state, member, content, this.#means),
    }));
  }

  async openFrom(bytes: Uint8Array): Promise<{ readonly from: Member; readonly content: Uint8Array }> {
    return await this.#inTurn(async (state) => {
      const name = base64url(sha256(bytes));
      const [current, before] = this.#letters;
      if (current.has(name) || before.has(name)) throw new GroupRefused("broken");
      const answer = await openedFrom(state, bytes, this.#means);
      return {
        answer,
        hold: () => {
          this.#letters = [new Set([...this.#letters[0], name]), this.#letters[1]];
        },
      };
    });
  }

  async mediaBaseKey(): Promise<Uint8Array> {
    return await this.#inTurn(async (state) => ({ answer: await mediaKeyOf(state, this.#means) }));
  }

  async safetyCode(): Promise<string> {
    return await this.#inTurn(async (state) => ({ answer: digitsOf(state.schedule.epochAuthenticator) }));
  }

  forget(): void {
    const state = this.#state;
    if (state === null) return;
    this.discard();
    this.#state = null;
    wipeState(state);
  }

  #now(): State {
    if (this.#state === null) throw new Error("the group has been forgotten");
    return this.#state;
  }

  #enter(next: State): void {
    this.#state = follow(this.#now(), next);
    this.#letters = [new Set(), this.#letters[0]];
  }

  #use(next: State, consumed: readonly Uint8Array[]): void {
    this.#state = next;
    wipe(...consumed);
  }

  /** Works on one state, and holds only if that is still the state when the work is done; else it is done again. */
  async #inTurn<T>(work: (state: State) => Promise<Worked<T>>): Promise<T> {
    const before = this.#queue;
    const turn = before.then(async () => {
      for (;;) {
        const state = this.#now();
        const { answer, hold, drop } = await work(state);
        if (this.#state === state) {
          hold?.();
          return answer;
        }
        drop?.();
      }
    });
    this.#queue = turn.catch(() => undefined);
    return await turn;
  }
}

type Worked<T> = { readonly answer: T; readonly hold?: () => void; readonly drop?: () => void };

function leafOf(state: State, member: string): number {
  const found = membersOf(state.tree, state.policy).find((one) => one.member === member);
  if (found === undefined) throw new GroupRefused("forbidden");
  return found.leaf;
}
