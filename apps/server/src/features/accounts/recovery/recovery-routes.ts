/** Setting a new password by a link (IDN-2). */
import { routes } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../../platform/http/binder.ts";
import type { AccountsDeps } from "../accounts-deps.ts";
import { methodsOf } from "../second-factor/factors.ts";
import { askRecovery } from "./ask-recovery.ts";
import { completeRecovery, goodLink, passkeyChallenge } from "./complete-recovery.ts";
import { handLink } from "./hand-link.ts";

export function recoveryRoutes(deps: AccountsDeps): readonly BoundRoute[] {
  const { recovery } = routes;
  return [
    handle(recovery.recoveryRead, async () => ({ byMail: deps.sendsMail })),
    handle(recovery.recoveryAsk, (context) => askRecovery(deps, context)),
    handle(recovery.recoveryOpen, async ({ params, request }) => {
      const { accountId, email } = await goodLink(deps, request, params.token);
      return { email, methods: await methodsOf(deps.db, accountId) };
    }),
    handle(recovery.recoveryPasskey, (context) => passkeyChallenge(deps, context)),
    handle(recovery.recoveryComplete, (context) => completeRecovery(deps, context)),
    handle(recovery.recoveryHand, (context) => handLink(deps, context)),
  ];
}
