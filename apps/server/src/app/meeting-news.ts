/** What a change of a meeting has mailed, by the features that know whom (INV-3, INV-5). */
import type { InvitationsFeature } from "../features/meetings/invitations/invitations-feature.ts";
import { organisationRow } from "../features/meetings/meeting-rows.ts";
import type { MeetingNews } from "../features/meetings/meetings-deps.ts";
import type { RegistrationFeature } from "../features/registration/registration-feature.ts";
import type { Outbox } from "../platform/mail/outbox.ts";
import type { Foundation } from "./foundation.ts";
import { meetingAbout } from "./registration.ts";

type Senders = {
  readonly invitations: Pick<InvitationsFeature, "uninvite">;
  readonly registration: Pick<RegistrationFeature, "meetingCancelled">;
  readonly outbox: Pick<Outbox, "kick">;
};

export function newsOf({ clock }: Pick<Foundation, "clock">, senders: () => Senders): MeetingNews {
  return {
    uninvited: (trx, change) => senders().invitations.uninvite(trx, change),
    async cancelled(trx, { id }) {
      // Of this transaction: nothing here takes a further connection of the pool.
      const meeting = await meetingAbout(trx, id, clock.now());
      const { name: organisation } = await organisationRow(trx);
      if (meeting !== null) await senders().registration.meetingCancelled(trx, { meeting, organisation });
    },
    kick: () => senders().outbox.kick(),
  };
}
