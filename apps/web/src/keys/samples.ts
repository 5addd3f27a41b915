/** Invented keys, the smallest that type-check; for tests and for the gallery of states. */
import { sampleId, sampleTime } from "../api/live/samples.ts";
import type { KeyHolder, Keys, KeysState, SafetyCode } from "./keys-state.ts";

export function sampleHolder(id: string, change: Partial<KeyHolder> = {}): KeyHolder {
  return { id: sampleId(id), name: id, trust: "new", admits: false, ...change };
}

export function sampleCode(change: Partial<SafetyCode> = {}): SafetyCode {
  return { digits: "482139057613384720615591720649", since: sampleTime, because: null, ...change };
}

export function sampleKeysState(change: Partial<KeysState> = {}): KeysState {
  return {
    phase: "ready",
    suite: "p256",
    holders: [],
    code: sampleCode(),
    awaiting: 0,
    alarms: [],
    ...change,
  };
}

/** Keys that never change. */
export function stillKeys(state: KeysState): Keys {
  return { getState: () => state, subscribe: () => () => undefined, markChecked: () => Promise.resolve() };
}
