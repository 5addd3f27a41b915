/** Commands of breakout rooms (SEC-4); apart, so that a meeting without them does not carry them. */
import type { BodyOf, ChatMessage, routes } from "@sekisho/contract";
import { useMemo } from "react";
import { call } from "../client.ts";
import { useMeeting } from "./meeting-context.ts";

type Routes = (typeof routes)["breakouts"];
export type Arrangement = BodyOf<Routes["arrange"]>;
export type Assignments = BodyOf<Routes["assign"]>["assignments"];
export type BreakoutCommands = ReturnType<typeof createBreakoutCommands>;

export function createBreakoutCommands(link: string) {
  const params = { link };
  return {
    arrange: (body: Arrangement) => call("POST", "/api/m/:link/breakouts", { params, body }),
    assign: (assignments: Assignments) =>
      call("POST", "/api/m/:link/breakouts/assignments", { params, body: { assignments } }),
    distribute: () => call("POST", "/api/m/:link/breakouts/distribution", { params }),
    /** `minutes`: null without a timer. */
    open: (minutes: number | null) =>
      call("POST", "/api/m/:link/breakouts/open", { params, body: { minutes } }),
    setTimer: (minutes: number | null) =>
      call("POST", "/api/m/:link/breakouts/timer", { params, body: { minutes } }),
    close: (atOnce: boolean) => call("POST", "/api/m/:link/breakouts/close", { params, body: { atOnce } }),
    go: (breakoutId: string | null) =>
      call("POST", "/api/m/:link/breakouts/go", { params, body: { breakoutId } }),
    callHost: () => call("POST", "/api/m/:link/breakouts/call", { params }),
    endCall: (admissionId: string) =>
      call("POST", "/api/m/:link/participants/:admissionId/end-call", { params: { link, admissionId } }),
    broadcast: (text: string, clientId: string): Promise<ChatMessage> =>
      call("POST", "/api/m/:link/breakouts/messages", { params, body: { text, clientId } }),
  };
}

export function useBreakoutCommands(): BreakoutCommands {
  const { link } = useMeeting();
  return useMemo(() => createBreakoutCommands(link), [link]);
}
