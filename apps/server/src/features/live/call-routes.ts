/** The commands of verification calls (ADM-13). */
import { routes } from "@sekisho/contract";
import { id } from "@sekisho/domain";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import type { Say } from "./command-routes.ts";
import type { LiveFound } from "./guard.ts";

const { verificationCall } = routes;

export function callRoutes(say: Say): readonly BoundRoute[] {
  return [
    handle<typeof verificationCall.callStart, LiveFound>(
      verificationCall.callStart,
      ({ found, params, body }) =>
        say.ok(found, {
          type: "verificationCall.start",
          row: { admissionId: id.admission(params.admissionId), revision: body.revision },
        }),
    ),
    handle<typeof verificationCall.callAnswer, LiveFound>(verificationCall.callAnswer, ({ found, body }) =>
      say.ok(found, { type: "verificationCall.answer", accept: body.accept }),
    ),
    handle<typeof verificationCall.callEnd, LiveFound>(verificationCall.callEnd, ({ found }) =>
      say.ok(found, { type: "verificationCall.end" }),
    ),
  ];
}
