import { useEffect, useRef } from "react";
import type { MeetingState } from "../../api/live/meeting-state.ts";
import { useWords } from "../../i18n/words.ts";
import type { MediaState } from "../../media/media-state.ts";
import { chime } from "../../media/signals.ts";
import { announce } from "../../ui/announcer.tsx";
import { newRequests, saidBetween, type Said } from "./announcements.ts";

/** Requests within this time of one that was read out are gathered into one sentence (ms). */
const GATHER_MS = 3000;

export function useAnnouncements(state: MeetingState, phase: MediaState["phase"]): void {
  const t = useWords("room");
  const before = useRef(state);
  const requests = useRequests();
  useEffect(() => {
    const earlier = before.current;
    before.current = state;
    if (earlier === state) return;
    for (const said of saidBetween(earlier, state)) {
      if (said.key === "asks" || said.key === "asksMany") continue;
      announce(sentence(t, said), said.urgency);
    }
    if (earlier.room === null || state.room === null) return;
    const rows = newRequests(earlier.room, state.room);
    if (rows.length > 0) requests(rows.map((row) => row.displayName));
  }, [state, t, requests]);

  const was = useRef(phase);
  useEffect(() => {
    const earlier = was.current;
    was.current = phase;
    if (phase === "reconnecting" && earlier === "connected") announce(t("said.lost"), "assertive");
    if (phase === "connected" && earlier === "reconnecting") announce(t("said.back"), "assertive");
  }, [phase, t]);
}

function sentence(t: ReturnType<typeof useWords<"room">>, { key, params }: Said): string {
  return t(key, params);
}

/** The first request is read out at once; those that follow within three seconds together. */
function useRequests(): (names: readonly string[]) => void {
  const t = useWords("room");
  const words = useRef(t);
  words.current = t;
  const gathered = useRef<{ names: string[]; timer: ReturnType<typeof setTimeout> | undefined }>({
    names: [],
    timer: undefined,
  });
  const take = useRef((names: readonly string[]) => {
    const box = gathered.current;
    const say = (asking: readonly string[]) => {
      const [name] = asking;
      if (name === undefined) return;
      const text =
        asking.length === 1
          ? words.current("asks", { name })
          : words.current("asksMany", { count: asking.length });
      announce(text);
      chime("asked");
    };
    if (box.timer !== undefined) {
      box.names.push(...names);
      return;
    }
    say(names);
    box.timer = setTimeout(() => {
      box.timer = undefined;
      const rest = box.names.splice(0);
      if (rest.length > 0) say(rest);
    }, GATHER_MS);
  });
  useEffect(() => {
    const box = gathered.current;
    return () => clearTimeout(box.timer);
  }, []);
  return take.current;
}
