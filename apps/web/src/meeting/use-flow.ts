import type { AdmissionView } from "@sekisho/contract";
import { useCallback, useEffect, useMemo, useReducer, useRef, useState, useSyncExternalStore } from "react";
import type { EntryView } from "@sekisho/contract";
import { ApiError, call, type ApiFailure } from "../api/client.ts";
import { createEntryCommands, type EntryCommands } from "../api/live/entry-commands.ts";
import { createMeetingStore, type MeetingStore } from "../api/live/meeting-store.ts";
import { openStream } from "../api/stream.ts";
import { canProtectFrames } from "../media/e2ee/can-protect.ts";
import { hasDevices, isSupported } from "../media/problems.ts";
import { needsStream, screenOf, type FlowInput } from "./flow.ts";
import { hadSeat } from "./seat.ts";

/** One link: what is known of it, and what can be done before the room. */
export type Entrance = {
  readonly link: string;
  readonly store: MeetingStore;
  readonly commands: EntryCommands;
};

type Local = Pick<FlowInput, "entry" | "failure" | "evicted" | "again" | "wasHere"> & {
  readonly switched: boolean;
};

const start: Local = {
  entry: null,
  failure: null,
  evicted: false,
  again: false,
  wasHere: false,
  switched: false,
};

function deviceOf(): FlowInput["device"] {
  if (!isSupported()) return "unsupported";
  return hasDevices() ? "fine" : "insecure";
}

/** Everything that happens at one link, from opening it to its end. */
export function useFlow(link: string, build: number) {
  const meeting = useMemo<Entrance>(
    () => ({ link, store: createMeetingStore(), commands: createEntryCommands(link) }),
    [link],
  );
  const { store, commands } = meeting;
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const [local, change] = useReducer((now: Local, next: Partial<Local>) => ({ ...now, ...next }), start);
  const [device] = useState(deviceOf);
  const [protects] = useState(canProtectFrames);
  const { admission } = state;
  const seated = admission?.state === "admitted" && hadSeat(admission.admissionId);
  const input: FlowInput = {
    ...local,
    device,
    protects,
    build,
    admission,
    mayTakeSeat: local.switched || seated || local.wasHere,
    roomThere: state.room !== null,
  };

  const told = useCallback(
    (next: AdmissionView) => {
      store.receive({ type: "admission", admission: next, ticket: null });
    },
    [store],
  );
  const read = useCallback(async () => {
    const found = await readEntry(link);
    if (found === null) return change({ failure: "unreachable" });
    told(found.admission);
    change({ entry: found, failure: null });
  }, [link, told]);

  /** As `read`, while the room is open: a server that is busy or away is no reason to leave it. */
  const look = useCallback(async () => {
    const found = await readEntry(link);
    if (found !== null) change({ entry: found });
  }, [link]);

  useEffect(() => {
    void read();
  }, [read]);
  useEffect(() => () => store.close(), [store]);

  const waited = useRef<Extract<AdmissionView, { state: "waiting" }> | null>(null);
  if (admission?.state === "waiting") waited.current = admission;
  else if (admission?.state !== "admitted") waited.current = null;

  const open = needsStream(input);
  useEffect(() => {
    if (!open) return;
    change({ wasHere: true, again: false });
    return openStream(link, {
      onMessage: store.receive,
      onState: (connection) => {
        if (connection === "refused") return void look();
        store.setConnection(connection);
        // The server has no place for this page any more: ask what became of it.
        if (connection === "gone") void read();
      },
    });
  }, [open, link, store, read, look]);

  return {
    meeting,
    state,
    entry: local.entry,
    /** How the person waited until they were admitted; null where they entered at once. */
    waited: waited.current,
    screen: screenOf(input),
    told: (next: AdmissionView) => {
      // An answer given on this page is seen on this page, also when it is an end.
      change({ wasHere: true, again: false, evicted: false });
      told(next);
    },
    failed: (failure: ApiFailure) => {
      if (failure.code === "client_too_old") change({ failure: "old" });
      else if (failure.code === "entry_refused")
        told({ state: "refused", reference: failure.reference ?? "" });
      else change({ failure: "unreachable" });
    },
    retry: () => {
      change({ failure: null });
      void read();
    },
    /** What the server knows now: after an address was proved, or an account signed in. */
    reread: read,
    again: () => change({ again: true }),
    evicted: () => change({ evicted: true, switched: false }),
    /** Asks the gate again: it closes the other connection, and decides anew where the seat was given away. */
    switchHere: () => {
      change({ switched: true, evicted: false });
      if (admission?.state === "replaced")
        void askAgain(commands.ask, build, told, () => change({ again: true }));
    },
  };
}

async function readEntry(link: string): Promise<EntryView | null> {
  try {
    return await call("GET", "/api/m/:link", { params: { link } });
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

/** Only an account can be on two devices; it has its name already. Anything it lacks is asked on the form. */
async function askAgain(
  ask: EntryCommands["ask"],
  build: number,
  told: (next: AdmissionView) => void,
  form: () => void,
): Promise<void> {
  try {
    told(await ask({ displayName: "", affiliation: "", passcode: null, build }));
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    form();
  }
}
