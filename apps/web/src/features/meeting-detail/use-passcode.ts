import { useMutation } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/client.ts";

/** A shown passcode goes away by itself after this long (ms). */
export const SHOWN_MS = 60_000;

export interface ShownPasscode {
  readonly passcode: string;
  readonly readOut: { readonly ja: string; readonly en: string };
}

export interface PasscodeControl {
  readonly shown: ShownPasscode | undefined;
  readonly working: boolean;
  readonly error: unknown;
  readonly show: () => void;
  readonly hide: () => void;
  readonly change: () => Promise<void>;
}

/** Shown on request only (each time is logged), hidden after a minute, on leaving the page and on leaving the tab. */
export function usePasscode(meetingId: string): PasscodeControl {
  const [shown, setShown] = useState<ShownPasscode | undefined>(undefined);
  const params = { meetingId };
  const show = useMutation({
    mutationFn: () => call("POST", "/api/meetings/:meetingId/passcode/show", { params }),
    onSuccess: setShown,
    gcTime: 0,
  });
  const change = useMutation({
    // null: the server makes one.
    mutationFn: () => call("POST", "/api/meetings/:meetingId/passcode", { params, body: { passcode: null } }),
    onSuccess: setShown,
    gcTime: 0,
  });
  useEffect(() => {
    if (shown === undefined) return;
    const hide = () => setShown(undefined);
    const timer = setTimeout(hide, SHOWN_MS);
    document.addEventListener("visibilitychange", hide);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", hide);
    };
  }, [shown]);
  return {
    shown,
    working: show.isPending || change.isPending,
    error: show.error ?? change.error,
    show: () => show.mutate(),
    hide: () => setShown(undefined),
    change: async () => {
      await change.mutateAsync();
    },
  };
}
