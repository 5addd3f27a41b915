import { useSyncExternalStore } from "react";

/** Settings of this device, not of the account. The words are what storage holds. */
interface DeviceSettings {
  /** Shortcuts in a meeting (ui.md §4.8). */
  readonly shortcuts: "on" | "off";
  /** Which key sends a chat message (ui.md §4.3). */
  readonly chatSend: "enter" | "ctrlEnter";
  /** The calendar that the schedule form offers first. */
  readonly calendar: "outlook" | "google" | "ics";
  /** Whether the explanation of primary groups has been read on this device (BAR-2). */
  readonly primaryGroups: "unread" | "read";
}

const CHOICES: { readonly [K in keyof DeviceSettings]: readonly DeviceSettings[K][] } = {
  shortcuts: ["on", "off"],
  chatSend: ["enter", "ctrlEnter"],
  calendar: ["outlook", "google", "ics"],
  primaryGroups: ["unread", "read"],
};

const listeners = new Set<() => void>();

/** The stored choice, else the first one there is. */
export function deviceSetting<K extends keyof DeviceSettings>(name: K): DeviceSettings[K] {
  const choices = CHOICES[name];
  const stored = read(name);
  const found = choices.find((choice) => choice === stored) ?? choices[0];
  if (found === undefined) throw new Error(`no choice for ${name}`);
  return found;
}

export function setDeviceSetting<K extends keyof DeviceSettings>(name: K, value: DeviceSettings[K]): void {
  try {
    localStorage.setItem(`sekisho.${name}`, value);
  } catch {
    // Storage can be forbidden; the first choice then stands.
  }
  for (const listener of listeners) listener();
}

function read(name: string): string | null {
  try {
    return localStorage.getItem(`sekisho.${name}`);
  } catch {
    return null;
  }
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useDeviceSetting<K extends keyof DeviceSettings>(name: K): DeviceSettings[K] {
  return useSyncExternalStore(subscribe, () => deviceSetting(name));
}
