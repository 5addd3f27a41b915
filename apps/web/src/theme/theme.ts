import { useEffect, useSyncExternalStore } from "react";

export type ThemeChoice = "device" | "light" | "dark";
export type Theme = "light" | "dark";

const KEY = "sekisho.theme";
const listeners = new Set<() => void>();
const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const computer = matchMedia("(min-width: 1024px) and (pointer: fine)");

let choice: ThemeChoice = readChoice();
let stages = 0;

function readChoice(): ThemeChoice {
  const stored = readStored();
  return stored === "light" || stored === "dark" ? stored : "device";
}

function readStored(): string | null {
  try {
    return localStorage.getItem(KEY);
  } catch {
    // Storage can be forbidden (private windows, policies); the device's choice then stands.
    return null;
  }
}

/** What is drawn: an own choice first, then dark for a meeting on a computer, then the device's choice. */
function current(): Theme {
  if (choice !== "device") return choice;
  if (stages > 0 && computer.matches) return "dark";
  return darkDevice.matches ? "dark" : "light";
}

function apply(): void {
  document.documentElement.dataset["theme"] = current();
  for (const listener of listeners) listener();
}

/** Call once before the first draw. */
export function startTheme(): void {
  darkDevice.addEventListener("change", apply);
  computer.addEventListener("change", apply);
  apply();
}

export function setThemeChoice(next: ThemeChoice): void {
  choice = next;
  try {
    if (next === "device") localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, next);
  } catch {
    // The choice then holds until the page is closed.
  }
  apply();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore(subscribe, () => choice);
}

/** While the calling screen is shown, a computer that has no choice of its own draws in dark. Dialogs follow, since the attribute is on the root. */
export function useStageTheme(): void {
  useEffect(() => {
    stages += 1;
    apply();
    return () => {
      stages -= 1;
      apply();
    };
  }, []);
}
