/** Choices about the own devices. Ids stay on this device; nothing of it is sent. */
export type Preferences = {
  /** What the person chose before entering; null: nothing said. */
  readonly microphoneOn: boolean | null;
  readonly cameraOn: boolean | null;
  readonly microphoneId: string | null;
  readonly cameraId: string | null;
  readonly speakerId: string | null;
  readonly noiseSuppression: boolean;
  /** Sound when somebody asks to join, or when one is admitted. */
  readonly chime: boolean;
};

const KEY = "sekisho.devices";

const defaults: Preferences = {
  microphoneOn: null,
  cameraOn: null,
  microphoneId: null,
  cameraId: null,
  speakerId: null,
  noiseSuppression: true,
  chime: true,
};

let current: Preferences | undefined;
const listeners = new Set<() => void>();

export function preferences(): Preferences {
  current ??= parsePreferences(stored());
  return current;
}

export function setPreferences(change: Partial<Preferences>): void {
  current = { ...preferences(), ...change };
  // On or off is for this visit only: nobody enters with a camera on because of last week.
  const { microphoneOn: _microphone, cameraOn: _camera, ...kept } = current;
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // Storage can be forbidden; the choice then holds until the page is closed.
  }
  for (const listener of listeners) listener();
}

export function subscribePreferences(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Anything that is not what we wrote counts as not said. */
export function parsePreferences(text: string | null): Preferences {
  const found = readObject(text);
  const id = (key: string) => (typeof found[key] === "string" ? found[key] : null);
  const flag = (key: string, otherwise: boolean) =>
    typeof found[key] === "boolean" ? found[key] : otherwise;
  return {
    ...defaults,
    microphoneId: id("microphoneId"),
    cameraId: id("cameraId"),
    speakerId: id("speakerId"),
    noiseSuppression: flag("noiseSuppression", true),
    chime: flag("chime", true),
  };
}

function readObject(text: string | null): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text ?? "");
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    return null;
  }
}
