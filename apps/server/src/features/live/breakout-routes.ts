/** The commands of breakout rooms (SEC-4). */
import { routes } from "@sekisho/contract";
import { id } from "@sekisho/domain";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Say } from "./command-routes.ts";
import type { LiveFound } from "./guard.ts";

const { breakouts } = routes;
const roomOf = (breakoutId: string | null) => (breakoutId === null ? null : id.breakout(breakoutId));

export function breakoutRoutes(say: Say): readonly BoundRoute[] {
  return [
    handle<typeof breakouts.arrange, LiveFound>(breakouts.arrange, ({ found, body }) =>
      say.ok(found, {
        type: "breakout.arrange",
        ...body,
        rooms: body.rooms.map((room) => ({ id: roomOf(room.id), name: room.name })),
      }),
    ),
    handle<typeof breakouts.assign, LiveFound>(breakouts.assign, ({ found, body }) =>
      say.ok(found, {
        type: "breakout.assign",
        assignments: body.assignments.map((one) => ({
          admissionId: id.admission(one.admissionId),
          breakoutId: roomOf(one.breakoutId),
        })),
      }),
    ),
    handle<typeof breakouts.distribute, LiveFound>(breakouts.distribute, ({ found }) =>
      say.ok(found, { type: "breakout.distribute" }),
    ),
    handle<typeof breakouts.open, LiveFound>(breakouts.open, ({ found, body }) =>
      say.ok(found, { type: "breakout.open", minutes: body.minutes }),
    ),
    handle<typeof breakouts.setTimer, LiveFound>(breakouts.setTimer, ({ found, body }) =>
      say.ok(found, { type: "breakout.setTimer", minutes: body.minutes }),
    ),
    handle<typeof breakouts.close, LiveFound>(breakouts.close, ({ found, body }) =>
      say.ok(found, { type: "breakout.close", atOnce: body.atOnce }),
    ),
    handle<typeof breakouts.go, LiveFound>(breakouts.go, ({ found, body }) =>
      say.ok(found, { type: "breakout.go", breakoutId: roomOf(body.breakoutId) }),
    ),
    handle<typeof breakouts.callHost, LiveFound>(breakouts.callHost, ({ found }) =>
      say.ok(found, { type: "breakout.callHost" }),
    ),
    handle<typeof breakouts.endCall, LiveFound>(breakouts.endCall, ({ found, params }) =>
      say.ok(found, { type: "breakout.endCall", admissionId: id.admission(params.admissionId) }),
    ),
  ];
}
