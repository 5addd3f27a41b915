/** One end-to-end encrypted meeting in this page: its worker, its sessions, and what the screens are told (ENC-2, ENC-4). */
import type { LeafIdentity, Suite } from "@sekisho/e2ee";
import { openFrameProtection, type FrameProtection } from "../media/e2ee/frame-protection.ts";
import type { MeetingStore } from "../api/live/meeting-store.ts";
import { createKeyApi } from "./key-api.ts";
import { createKeySession, type Because, type KeySession } from "./key-session.ts";
import type { GroupPort, Snapshot } from "./group-port.ts";
import type { KeysAlarm, KeysState, SafetyCode } from "./keys-state.ts";
import { createPins } from "./pins.ts";
import { callGroup, callView, mainView } from "./views.ts";
import { openWorkerPort } from "./worker-port.ts";
import type { MeetingKeys } from "./meeting-keys.ts";

const suite: Suite = "p256";

/** `store` is followed until `close`. */
export function openKeys(link: string, store: MeetingStore): MeetingKeys {
  const port = openWorkerPort();
  const pins = createPins();
  const listeners = new Set<() => void>();
  const protections = new Map<FrameProtection, string>();
  /** Of applicants whom this device has seen in a verification call: their key there is their key here (ADM-13). */
  const seenInCall = new Map<string, string>();
  let state: KeysState = { phase: "preparing", suite, holders: [], code: null, awaiting: 0, alarms: [] };
  let main: KeySession | null = null;
  let closed = false;
  let call: { readonly group: string; readonly session: KeySession } | null = null;

  function set(next: Partial<KeysState>): void {
    state = { ...state, ...next };
    for (const listener of listeners) listener();
  }

  function alarm(kind: KeysAlarm): void {
    const alarms = state.alarms.includes(kind) ? state.alarms : [...state.alarms, kind];
    set({ alarms, ...(kind === "forked" ? { phase: "broken" as const } : {}) });
  }

  function session(identity: LeafIdentity): KeySession {
    const isMain = identity.group === "main";
    return createKeySession({
      identity,
      suite,
      port,
      api: createKeyApi(link, identity.group),
      view: () => (isMain ? mainView(store.getState()) : callView(store.getState())),
      after: (ms, what) => {
        const timer = setTimeout(what, ms);
        return () => clearTimeout(timer);
      },
      random: Math.random,
      renews: isMain,
      accepts: (member, key) => {
        if (!isMain) {
          seenInCall.set(member, key);
          return true;
        }
        return (seenInCall.get(member) ?? key) === key;
      },
      onGroup: (group, because) => {
        for (const one of protections.keys()) one.leavesChanged();
        if (isMain) void show(group, because);
      },
      onAlarm: alarm,
    });
  }

  async function show(group: Snapshot, because: Because): Promise<void> {
    const code: SafetyCode =
      state.code?.digits === group.code ? state.code : { digits: group.code, since: Date.now(), because };
    const holders = () =>
      group.members.map((one) => ({
        id: one.member,
        name: one.name,
        trust: pins.trustOf(one),
        admits: group.policy.admit.includes(one.member),
      }));
    set({ phase: "ready", code, holders: holders() });
    if ((await pins.see(group.members)) && main?.group()?.code === group.code) set({ holders: holders() });
  }

  function identityFor(group: string): LeafIdentity | null {
    const { admission } = store.getState();
    if (admission?.state !== "waiting" && admission?.state !== "admitted") return null;
    if (admission.keys === undefined) return null;
    const { instance, account } = admission.keys;
    const kind = account === null ? "guest" : "account";
    return {
      v: 1,
      kind,
      instance,
      group,
      member: admission.admissionId,
      name: admission.displayName,
      account,
    };
  }

  /** After every word of the server. */
  function follow(): void {
    const identity = identityFor("main");
    if (identity === null) return;
    const group = callGroup(store.getState());
    if (call !== null && call.group !== group) {
      call.session.close();
      call = null;
    }
    if (group !== null && call === null) call = { group, session: session({ ...identity, group }) };
    main ??= session(identity);
    main.wake();
    call?.session.wake();
    const awaiting = store.getState().room?.meta.keys?.awaiting.length ?? 0;
    const { admission } = store.getState();
    const waits = admission?.state === "admitted" && admission.keying === true;
    if (awaiting !== state.awaiting) set({ awaiting });
    if (waits && state.phase === "preparing") set({ phase: "waiting" });
  }

  const sessionOf = (group: string) =>
    group === "main" ? main : call?.group === group ? call.session : null;
  const stop = store.subscribe(follow);
  follow();

  return {
    getState: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async markChecked({ digits }) {
      const group = main?.group() ?? null;
      // Only who held keys when that code stood: whoever came since is another matter.
      if (group === null || group.code !== digits) return;
      await pins.check(group.members.filter((one) => one.member !== group.self.member));
      await show(group, null);
    },
    groupNow: () => callGroup(store.getState()) ?? "main",
    async joined(group) {
      for (;;) {
        const session = sessionOf(group);
        if ((session?.group() ?? null) !== null) return true;
        if (session?.broken() === true || closed) return false;
        await (session?.nextGroup(500) ?? pause(200));
      }
    },
    protect(group) {
      const channel = new MessageChannel();
      const protection = openFrameProtection({
        leafOf: (sfuIdentity) => leafOf(sfuIdentity, group),
        keysPort: channel.port1,
        onAlarm: ({ type }) => {
          if (type === "clear_track" || type === "data_packet") alarm("clearMedia");
          // Nothing is sent or played any more: the worker is gone, or was told nonsense.
          if (type === "worker_failed") alarm("forked");
        },
      });
      protections.set(protection, group);
      // Without the worker there are no keys, and nothing is sent: the frame worker waits for its first.
      port.feed(group, channel.port2).catch(() => undefined);
      return {
        ...protection,
        close() {
          protections.delete(protection);
          protection.close();
        },
      };
    },
    said: new Map(),
    seal: (to, text) => port.seal("main", to, text),
    open: (sealed) => opened(port, sealed, () => main?.nextGroup(3000) ?? Promise.resolve()),
    close() {
      closed = true;
      stop();
      main?.close();
      call?.session.close();
      port.close();
    },
  };

  function leafOf(sfuIdentity: string, group: string): number | null {
    const members = sessionOf(group)?.group()?.members ?? [];
    const { room, admission } = store.getState();
    if (admission?.state === "waiting")
      return members.find((one) => one.member !== admission.admissionId)?.leaf ?? null;
    const applicant = room?.lobby.find((row) => row.call?.running?.sfuIdentity === sfuIdentity)?.id;
    const id = applicant ?? room?.people.find((one) => one.sfuIdentity === sfuIdentity)?.id;
    return members.find((one) => one.member === id)?.leaf ?? null;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

/** A message can come before the commit that it was sent after: then once more, when that is here. */
async function opened(port: GroupPort, sealed: string, next: () => Promise<void>) {
  try {
    return await port.open("main", sealed);
  } catch {
    await next();
    return port.open("main", sealed);
  }
}
