/** The routes of the one-time page: for anybody who has its address. */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute, type CallContext } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { createPasscodePages, type PageAsker } from "./passcode-page.ts";

export function passcodePageRoutes(deps: InvitationDeps): readonly BoundRoute[] {
  const { passcodePageAsk, passcodePageOpen } = routes.passcodePage;
  const pages = createPasscodePages(deps);

  /** The browser's own identity: a code is good for the browser that asked for it. */
  function askerOf({
    caller,
    request,
    reply,
    params,
  }: CallContext<typeof passcodePageAsk | typeof passcodePageOpen>): PageAsker {
    if (caller.kind === "service") throw new HttpError("not_allowed");
    return { token: params.token, guestId: deps.sessions.ensureGuest(request, reply), ip: request.ip };
  }

  return [
    handle(passcodePageAsk, async (context) => {
      await pages.ask(askerOf(context));
      return { ok: true } as const;
    }),
    handle(passcodePageOpen, async (context) => ({
      passcode: await pages.open(askerOf(context), context.body.code),
    })),
  ];
}
