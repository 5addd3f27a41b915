/** Invitations and passcodes on their way to people (INV-1 … INV-3, INV-7). */
import { routes } from "@sekisho/contract";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../../platform/http/binder.ts";
import type { FoundForCaller } from "../meeting-guard.ts";
import { meetingById } from "../meeting-rows.ts";
import type { ListChange } from "../meetings-deps.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { keepStates, passcodeChannelsOf, type PasscodeWay } from "./message-store.ts";
import { messageRoutes } from "./message-routes.ts";
import { outboxRoutes } from "./outbox-routes.ts";
import { overviewOf } from "./overview.ts";
import { passcodePageRoutes } from "./passcode-page-routes.ts";
import { sendLinks } from "./send-links.ts";
import { sendPasscode } from "./send-passcode.ts";
import { uninvite } from "./uninvite.ts";

export type InvitationsFeature = {
  readonly routes: readonly BoundRoute[];
  /** For the check before start (CNF-6): who has been sent the passcode that is good now, and by which way. */
  passcodeChannels(meetingId: string): Promise<readonly PasscodeWay[]>;
  /** In the transaction that takes somebody off the list. */
  uninvite(trx: Trx, change: ListChange): Promise<void>;
  everyMinute(): Promise<void>;
};

export function createInvitationsFeature(deps: InvitationDeps): InvitationsFeature {
  const { invitationList, invitationSend, passcodeSend } = routes.invitations;
  return {
    routes: [
      handle<typeof invitationList, FoundForCaller>(invitationList, ({ found }) => overviewOf(deps, found)),
      handle<typeof invitationSend, FoundForCaller>(invitationSend, async ({ found, body }) =>
        overviewOf(deps, found, await sendLinks(deps, found, body.emails)),
      ),
      handle<typeof passcodeSend, FoundForCaller>(passcodeSend, async ({ found, body }) =>
        overviewOf(deps, found, await sendPasscode(deps, found, body)),
      ),
      ...messageRoutes(deps),
      ...outboxRoutes(deps),
      ...passcodePageRoutes(deps),
    ],
    async passcodeChannels(meetingId) {
      const row = await meetingById(deps.db, meetingId);
      if (row === undefined) return [];
      const outside = row.settings.invitees.filter(({ accountId }) => accountId === null);
      return passcodeChannelsOf(
        deps,
        row,
        outside.map(({ email }) => email),
      );
    },
    uninvite: (trx, change) => uninvite(deps, trx, change),
    everyMinute: () => keepStates(deps.db),
  };
}
