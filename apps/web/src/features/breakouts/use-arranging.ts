import type { BreakoutsView } from "@sekisho/contract";
import { useState } from "react";
import { useBreakoutCommands, type Arrangement } from "../../api/live/breakout-commands.ts";
import { useMeeting } from "../../api/live/meeting-context.ts";
import { useWords } from "../../i18n/words.ts";
import { withMore } from "./breakouts-model.ts";
import { minutesOf } from "./timer-field.tsx";
import { useQueue } from "./use-queue.ts";

export type How = "even" | "hand" | "choose";

/** What hosts do while rooms are closed. Each change is kept by the server at once: two hosts work on the same rooms. */
export function useArranging(view: BreakoutsView, done: () => void) {
  const t = useWords("breakouts");
  const { store } = useMeeting();
  const commands = useBreakoutCommands();
  const { busy, problem, run } = useQueue();
  const [by, setBy] = useState<"even" | "hand">("hand");
  const [opening, setOpening] = useState(false);
  // From what is known when its turn comes: the command before it may have made a room.
  const arrange = (change: (now: BreakoutsView) => Partial<Arrangement>) => {
    const now = store.getState().room?.meta.breakouts ?? view;
    const { rooms, choose, mayReturn } = now;
    return commands.arrange({ rooms, choose, mayReturn, ...change(now) });
  };
  const how: How = view.choose ? "choose" : by;
  return {
    busy,
    opening,
    problem,
    how,
    divide: (next: How) => {
      if (next !== "choose") setBy(next);
      void run(async () => {
        await arrange(() => ({ choose: next === "choose" }));
        if (next === "even") await commands.distribute();
      });
    },
    place: (admissionId: string, breakoutId: string | null) => {
      setBy("hand");
      void run(() => commands.assign([{ admissionId, breakoutId }]));
    },
    add: (count: number) =>
      void run(() =>
        arrange(({ rooms }) => ({ rooms: withMore(rooms, count, (number) => t("roomNumber", { number })) })),
      ),
    rename: (id: string, name: string) =>
      run(() =>
        arrange(({ rooms }) => ({ rooms: rooms.map((one) => (one.id === id ? { id, name } : one)) })),
      ),
    remove: (id: string) =>
      void run(() => arrange(({ rooms }) => ({ rooms: rooms.filter((one) => one.id !== id) }))),
    setMayReturn: (mayReturn: boolean) => void run(() => arrange(() => ({ mayReturn }))),
    open: async (minutes: string) => {
      setOpening(true);
      if (await run(() => commands.open(minutesOf(minutes)))) done();
      else setOpening(false);
    },
  };
}
