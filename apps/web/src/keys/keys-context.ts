import { createContext, useContext, useSyncExternalStore } from "react";
import type { Keys, KeysState } from "./keys-state.ts";

/** Null in meetings with transport encryption. */
export const KeysContext = createContext<Keys | null>(null);

export function useKeys(): Keys | null {
  return useContext(KeysContext);
}

export function useKeysState(): KeysState | null {
  const keys = useKeys();
  return useSyncExternalStore(keys?.subscribe ?? never, keys?.getState ?? none);
}

function never(): () => void {
  return () => undefined;
}

function none(): null {
  return null;
}
