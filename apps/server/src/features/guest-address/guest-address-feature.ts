/** People without an account who prove the address they were named by (BAR-8). */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import { createCodes, type Asker, type CodesDeps } from "./codes.ts";

export type GuestAddressFeature = { readonly routes: readonly BoundRoute[] };

const done = { ok: true } as const;

export function createGuestAddressFeature(
  deps: CodesDeps & { readonly sessions: Pick<Sessions, "ensureGuest"> },
): GuestAddressFeature {
  const { addressAsk, addressConfirm } = routes.entry;
  const codes = createCodes(deps);

  /** The browser's own identity, made here on its first request: what is proved is proved for this browser. */
  function askerOf({
    caller,
    request,
    reply,
    params,
  }: CallContext<typeof addressAsk | typeof addressConfirm>): Asker {
    if (caller.kind === "service") throw new HttpError("not_allowed");
    return { guestId: deps.sessions.ensureGuest(request, reply), ip: request.ip, link: params.link };
  }

  return {
    routes: [
      handle(addressAsk, async (context) => {
        await codes.ask(askerOf(context), context.body.email);
        return done;
      }),
      handle(addressConfirm, async (context) => {
        await codes.confirm(askerOf(context), context.body.email, context.body.code);
        return done;
      }),
    ],
  };
}
