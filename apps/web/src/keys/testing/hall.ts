/**
 * A meeting whose rules, streams, sessions and keys are the real ones, in one process: what is missing is the network, and
 * the test says what that does. `Room` decides as the server does, `createHub` tells each page what the server would.
 */
import { createHash } from "node:crypto";
import { id, keyNews, type KeyGroupName, type Principal, type RecordedEvent } from "@sekisho/domain";
import { groupEngine, GroupRefused, type LeafIdentity } from "@sekisho/e2ee";
import { createHub, type Hub } from "../../../../server/src/features/live/hub.ts";
import type { MeetingDescription } from "../../../../server/src/features/live/ports.ts";
import { room, type Room } from "../../../../../packages/testkit/src/arbitraries/index.ts";
import { createMeetingStore, type MeetingStore } from "../../api/live/meeting-store.ts";
import { createFrameFeed } from "../frame-feed.ts";
import { PortRefused, type GroupPort } from "../group-port.ts";
import type { KeyApi } from "../key-api.ts";
import { createKeySession, type KeySession } from "../key-session.ts";
import { createLocalGroups } from "../local-groups.ts";
import { mainView } from "../views.ts";

export type Seat = {
  readonly who: Principal;
  readonly store: MeetingStore;
  readonly session: KeySession;
  readonly port: GroupPort;
  readonly alarms: readonly string[];
  /** The page is gone; a new one comes with `enter`. */
  close(): void;
};

type Stored = { readonly commit: string; readonly welcome: string | null };

export class Hall {
  readonly at: Room = room({ encryption: "e2ee" });
  readonly packages = new Map<string, string>();
  readonly commits = new Map<string, Stored>();
  /** What the network does to an answer of the server. */
  onAnswer: <T>(operation: string, answer: T) => T = (_, answer) => answer;
  readonly #hub: Hub;
  #published = 0;
  readonly #timers: { at: number; what: () => void; cancelled: boolean }[] = [];
  #seed = 1;

  constructor() {
    const description: MeetingDescription = {
      meetingId: this.at.state.meetingId,
      cancelled: false,
      topic: "Loan",
      visibility: "private",
      timeZone: "Asia/Tokyo",
      hostVideo: true,
      participantVideo: true,
      settings: this.at.state.settings,
      names: this.at.state.names,
      allowedDomains: [],
      verifierName: null,
      invitedEmails: [],
      invitees: [],
      occurrenceAt: () => null,
      riskOpen: false,
      passcodeMatches: () => true,
    };
    this.#hub = createHub({
      contextOf: () =>
        Promise.resolve({ meeting: description, scheduledEnd: 0, region: null, hostsAwayMs: 300_000 }),
      issueTicket: () => Promise.resolve("ticket"),
      iceServersFor: () => [],
      onFailure: (error) => {
        throw error;
      },
    });
  }

  /** What has happened reaches every page. */
  publish(): void {
    const events: readonly RecordedEvent[] = this.at.history.slice(this.#published);
    this.#published = this.at.history.length;
    this.#hub.publish(this.at.state, events);
  }

  /** Opens a page for somebody who has asked already. */
  async enter(who: Principal): Promise<Seat> {
    this.publish();
    const store = createMeetingStore();
    const stop = await this.#hub.follow(this.at.state, {
      principal: who,
      send: store.receive,
      gone: () => undefined,
      end: () => undefined,
    });
    const alarms: string[] = [];
    const local = createLocalGroups({
      engine: groupEngine,
      deviceKey: (identity, suite) => this.#deviceKey(identity, suite),
      feed: createFrameFeed({ after: () => undefined }),
    });
    const port = this.#counted(local);
    const session = createKeySession({
      identity: this.#identityOf(who),
      suite: "p256",
      port,
      api: this.#api(who),
      view: () => mainView(store.getState()),
      after: (ms, what) => {
        const timer = { at: this.at.now + ms, what, cancelled: false };
        this.#timers.push(timer);
        return () => {
          timer.cancelled = true;
        };
      },
      random: () => (this.#seed = (this.#seed * 16_807) % 2_147_483_647) / 2_147_483_647,
      renews: true,
      accepts: () => true,
      onGroup: () => undefined,
      onAlarm: (kind) => alarms.push(kind),
    });
    const stopStore = store.subscribe(() => session.wake());
    session.wake();
    return {
      ...{ who, store, session, port, alarms },
      close: () => {
        stopStore();
        stop();
        session.close();
        store.close();
      },
    };
  }

  /** Lets time pass, one timer after the other, until nothing is due for `ms`. */
  async pass(ms: number): Promise<void> {
    const end = this.at.now + ms;
    for (;;) {
      await this.#settled();
      const next = this.#timers
        .filter((one) => !one.cancelled && one.at <= end)
        .toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined) break;
      next.cancelled = true;
      this.at.now = Math.max(this.at.now, next.at);
      next.what();
    }
    this.at.now = end;
  }

  /** Those are members of one group, and agree about it. */
  async agreed(...seats: readonly Seat[]): Promise<boolean> {
    await this.#settled();
    const groups = seats.map((seat) => seat.session.group());
    const first = groups[0];
    return (
      first !== null &&
      first !== undefined &&
      groups.every((one) => one?.code === first.code) &&
      first.members.length === seats.length
    );
  }

  #busy = 0;
  /** WebCrypto answers from other threads: what is under way is counted. */
  #counted(port: GroupPort): GroupPort {
    const count = async <T>(work: Promise<T>): Promise<T> => {
      this.#busy += 1;
      try {
        return await work;
      } catch (error) {
        // As it comes over the border of the worker.
        throw new PortRefused(error instanceof GroupRefused ? error.reason : "failed");
      } finally {
        this.#busy -= 1;
      }
    };
    return {
      offer: (...args) => count(port.offer(...args)),
      found: (...args) => count(port.found(...args)),
      join: (...args) => count(port.join(...args)),
      receive: (...args) => count(port.receive(...args)),
      commit: (...args) => count(port.commit(...args)),
      confirm: (...args) => count(port.confirm(...args)),
      discard: (...args) => count(port.discard(...args)),
      read: (...args) => count(port.read(...args)),
      seal: (...args) => count(port.seal(...args)),
      open: (...args) => count(port.open(...args)),
      feed: (...args) => count(port.feed(...args)),
      forget: (...args) => count(port.forget(...args)),
    };
  }

  async #settled(): Promise<void> {
    for (let quiet = 0; quiet < 12; quiet = this.#busy === 0 ? quiet + 1 : 0)
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
  }

  #identityOf(who: Principal): LeafIdentity {
    const person = this.at.person(who);
    const account = who.kind === "account" ? who.accountId : null;
    const { instanceId: instance } = this.at.state;
    return {
      v: 1,
      kind: who.kind,
      instance,
      group: "main",
      member: person.id,
      name: person.displayName,
      account,
    };
  }

  /** As if every device were another one from now on. */
  forgetDeviceKeys(): void {
    this.#keys.clear();
  }

  readonly #keys = new Map<string, ReturnType<typeof groupEngine.makeDeviceKey>>();
  #deviceKey(identity: LeafIdentity, suite: "p256" | "p384") {
    const id = `${identity.account ?? identity.member}`;
    const known = this.#keys.get(id) ?? groupEngine.makeDeviceKey(suite);
    this.#keys.set(id, known);
    return known;
  }

  #api(who: Principal): KeyApi {
    const group: KeyGroupName = "main";
    const answer = async <T>(operation: string, value: T): Promise<T> => {
      await Promise.resolve();
      return this.onAnswer(operation, value);
    };
    return {
      offer: (keyPackage) => {
        const digest = digestOf(keyPackage);
        this.packages.set(digest, keyPackage);
        this.#say(who, { type: "keys.offer", group, digest });
        return answer("offer", undefined);
      },
      found: (generation) =>
        answer("found", this.#say(who, { type: "keys.found", group, generation }) === null),
      commit: ({ commit, welcome, added, removed, ...body }) => {
        const digest = digestOf(commit);
        this.commits.set(digest, { commit, welcome });
        const ids = (all: readonly string[]) => all.map((one) => id.admission(one));
        const code = this.#say(who, {
          ...{ type: "keys.commit", group, ...body, digest },
          added: ids(added),
          removed: ids(removed),
        });
        if (code !== null && code !== "keys_taken") return Promise.reject(new Error(code));
        return answer("commit", code === null);
      },
      since: (generation, epoch) => {
        const news = keyNews(this.at.state, this.at.person(who), group, { generation, epoch });
        const bytes = (digest: string) => this.commits.get(digest);
        return answer("since", {
          generation: news.generation,
          epoch: news.epoch,
          commits: news.commits.map((one) => ({
            epoch: one.epoch,
            by: one.by,
            added: [...one.added],
            removed: [...one.removed],
            commit: bytes(one.digest)?.commit ?? "",
          })),
          welcome:
            news.addedBy === null
              ? null
              : {
                  epoch: news.addedBy.epoch + 1,
                  by: news.addedBy.by,
                  welcome: bytes(news.addedBy.digest)?.welcome ?? "",
                },
          offers: [...news.offers].map(([admissionId, digest]) => ({
            admissionId,
            keyPackage: this.packages.get(digest) ?? "",
          })),
        });
      },
    };
  }

  #say(who: Principal, command: Parameters<Room["codeOf"]>[1]) {
    const code = this.at.codeOf(who, command);
    this.publish();
    return code;
  }
}

function digestOf(base64url: string): string {
  return createHash("sha256").update(Buffer.from(base64url, "base64url")).digest("base64url");
}
