/** Which key does what in a meeting (ui.md §4.8). None admits, denies, removes or ends. */
import { isComposing, type KeyLike } from "../../ui/ime.ts";

export type KeyAction =
  | "microphone"
  | "camera"
  | "people"
  | "chat"
  | "waiting"
  | "security"
  | "hand"
  | "safetyCode"
  | "keys"
  | "nextRegion"
  | "previousRegion";

export interface KeyPress extends KeyLike {
  readonly code: string;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** By place on the keyboard: with Alt some keyboards type other letters. */
const byCode: Readonly<Record<string, KeyAction>> = {
  KeyM: "microphone",
  KeyV: "camera",
  KeyP: "people",
  KeyC: "chat",
  KeyW: "waiting",
  KeyS: "security",
  KeyH: "hand",
  KeyK: "safetyCode",
  Slash: "keys",
};

/** `typing`: the focus is where text is written. F6 works there too, since it writes nothing. */
export function actionOf(event: KeyPress, typing: boolean, shortcuts: boolean): KeyAction | null {
  if (isComposing(event) || event.ctrlKey || event.metaKey) return null;
  if (event.key === "F6" && !event.altKey) return event.shiftKey ? "previousRegion" : "nextRegion";
  if (typing || !shortcuts || !event.altKey) return null;
  return byCode[event.code] ?? null;
}

/** Where text is written, or where the key belongs to the control. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target.isContentEditable || target instanceof HTMLTextAreaElement) return true;
  if (target instanceof HTMLSelectElement) return true;
  return target instanceof HTMLInputElement && !["checkbox", "radio", "button"].includes(target.type);
}
