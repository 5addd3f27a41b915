import { useEffect, useRef } from "react";
import { useDeviceSetting } from "../../app-shell/device-setting.ts";
import { isComposing } from "../../ui/ime.ts";
import { actionOf, isTyping, type KeyAction } from "./keys.ts";
import { moveRegion } from "./regions.ts";

export type KeyHandlers = {
  readonly act: (action: Exclude<KeyAction, "nextRegion" | "previousRegion">) => void;
  /** Space held on the stage: true while it is down. */
  readonly talk: (on: boolean) => void;
};

/** Listens on the whole page; nothing here admits, denies, removes, records or ends. */
export function useRoomKeys(handlers: KeyHandlers): void {
  const latest = useRef(handlers);
  latest.current = handlers;
  const shortcuts = useDeviceSetting("shortcuts") === "on";
  useEffect(() => {
    let talking = false;
    const stopTalking = () => {
      if (talking) latest.current.talk(false);
      talking = false;
    };
    const down = (event: KeyboardEvent) => {
      // A question in front of the room takes all keys.
      if (document.querySelector("dialog[open]") !== null) return;
      if (event.code === "Space" && !isComposing(event) && shortcuts && onStage(event.target)) {
        event.preventDefault();
        if (!event.repeat && !talking) latest.current.talk(true);
        talking = true;
        return;
      }
      const action = actionOf(event, isTyping(event.target), shortcuts);
      if (action === null) return;
      event.preventDefault();
      if (action === "nextRegion") moveRegion(document, 1);
      else if (action === "previousRegion") moveRegion(document, -1);
      else latest.current.act(action);
    };
    const up = (event: KeyboardEvent) => {
      if (event.code === "Space") stopTalking();
    };
    window.addEventListener("keydown", down);
    window.addEventListener("keyup", up);
    // A window that loses the focus never hears the key go up.
    window.addEventListener("blur", stopTalking);
    return () => {
      stopTalking();
      window.removeEventListener("keydown", down);
      window.removeEventListener("keyup", up);
      window.removeEventListener("blur", stopTalking);
    };
  }, [shortcuts]);
}

/** The stage itself, not a button on it: there Space belongs to the button. */
function onStage(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.dataset["region"] === "stage";
}
