/** What tells a person that something happened while they look elsewhere: a sound, a vibration, a screen kept on. */
import { preferences } from "./preferences.ts";

let context: AudioContext | undefined;

/** Two soft notes. Silent where the person switched it off or the browser does not allow sound yet. */
export function chime(kind: "asked" | "admitted"): void {
  if (preferences().chime) playNotes(kind);
}

/** Also where the person has switched sounds off: the loudspeaker is being tried. */
export function testSound(): void {
  playNotes("admitted");
}

function playNotes(kind: "asked" | "admitted"): void {
  if (typeof AudioContext !== "function") return;
  context ??= new AudioContext();
  void context.resume().then(() => {
    if (context === undefined || context.state !== "running") return;
    const notes = kind === "admitted" ? [523.25, 783.99] : [659.25, 523.25];
    notes.forEach((hertz, index) => note(context, hertz, index * 0.16));
  });
}

function note(into: AudioContext | undefined, hertz: number, delay: number): void {
  if (into === undefined) return;
  const start = into.currentTime + delay;
  const oscillator = into.createOscillator();
  const gain = into.createGain();
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, start);
  gain.gain.linearRampToValueAtTime(0.12, start + 0.02);
  gain.gain.exponentialRampToValueAtTime(0.001, start + 0.45);
  oscillator.connect(gain).connect(into.destination);
  oscillator.start(start);
  oscillator.stop(start + 0.5);
}

/** To be called in a press: browsers allow sound later only if it was prepared in one. */
export function prepareChime(): void {
  if (typeof AudioContext !== "function") return;
  context ??= new AudioContext();
  void context.resume();
}

export function vibrateOnce(): void {
  if ("vibrate" in navigator) navigator.vibrate(200);
}

/** Keeps the screen on until the returned function is called; asks again after the tab was hidden. */
export function keepAwake(): () => void {
  if (!("wakeLock" in navigator)) return () => undefined;
  let lock: WakeLockSentinel | undefined;
  let ended = false;
  const ask = () => {
    if (ended || document.visibilityState !== "visible") return;
    navigator.wakeLock.request("screen").then(
      (granted) => {
        if (ended) void granted.release();
        else lock = granted;
      },
      // Low battery or a policy: the page works on, the screen may go dark.
      () => undefined,
    );
  };
  document.addEventListener("visibilitychange", ask);
  ask();
  return () => {
    ended = true;
    document.removeEventListener("visibilitychange", ask);
    void lock?.release();
  };
}
