/** The way in, the stream and the ticket. */
import { routes, type FactSheetView, type IceServer } from "@sekisho/contract";
import { isKeyed, sfuRoomOf } from "@sekisho/domain";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { Entry } from "./entry.ts";
import type { FactSheetReader } from "./fact-sheet.ts";
import type { Follow } from "./follow.ts";
import type { LiveFound } from "./guard.ts";
import { openEventStream } from "./stream.ts";
import type { Tickets } from "./tickets.ts";

export type EntryRoutesDeps = {
  readonly entry: Entry;
  readonly factSheet: (reader: FactSheetReader) => Promise<FactSheetView>;
  readonly sessions: Sessions;
  readonly tickets: Tickets;
  readonly follow: Follow;
  readonly iceServersFor: (admissionId: string) => readonly IceServer[];
};

export function entryRoutes(deps: EntryRoutesDeps): readonly BoundRoute[] {
  const { entry } = routes;
  return [
    handle(entry.entryRead, ({ params, caller }) => deps.entry.read(params.link, caller)),
    handle(entry.entryFactSheet, ({ params, body, caller, request }) =>
      deps.factSheet({ link: params.link, caller, ip: request.ip, passcode: body.passcode }),
    ),
    handle(entry.entryRequest, ({ params, body, caller, request, reply }) => {
      if (caller.kind === "service") throw new HttpError("not_allowed");
      const browser = deps.sessions.ensureGuest(request, reply);
      const known: Caller =
        caller.kind === "account" ? { ...caller, browser } : { kind: "guest", guestId: browser };
      return deps.entry.request({ link: params.link, caller: known, ip: request.ip, ...body });
    }),
    handle<typeof entry.stream, LiveFound>(entry.stream, async ({ found, reply }) => {
      await deps.follow(found.state, found.principal, openEventStream(reply));
      return undefined;
    }),
    handle<typeof entry.ticket, LiveFound>(entry.ticket, async ({ found }) => {
      // In the meeting, or in a verification call (ADM-13); whoever only waits has no place.
      if (sfuRoomOf(found.state, found.admission) === null) throw new HttpError("not_in_meeting");
      if (!isKeyed(found.state, found.admission)) throw new HttpError("keys_not_ready");
      if (found.state.phase !== "live") throw new HttpError("meeting_not_live");
      const { id: admissionId, sfuIdentity } = found.admission;
      if (sfuIdentity === null) throw new HttpError("not_in_meeting");
      const { instanceId, principal } = found;
      const stay = { instanceId, admissionId, sfuIdentity, device: principal.device };
      const iceServers = [...deps.iceServersFor(admissionId)];
      return { ticket: await deps.tickets.issue(stay), sfuIdentity, iceServers };
    }),
  ];
}
