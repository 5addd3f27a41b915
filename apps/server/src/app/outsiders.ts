/** People without an account who are excepted from signing in, and the mail they need (BAR-8). */
import type { BarrierModel, SendingAbilities } from "@sekisho/domain";
import { createGuestAddressFeature } from "../features/guest-address/guest-address-feature.ts";
import type { AddressTargets } from "../features/guest-address/codes.ts";
import type { MeetingDescription } from "../features/live/ports.ts";
import { createGuestProofs, type GuestProofs } from "../features/guest-address/proofs.ts";
import type { BoundRoute } from "../platform/http/binder.ts";
import { readAddress } from "../platform/mail/address.ts";
import { createMailTransport } from "../platform/mail/mail-transport.ts";
import { createOutbox, forgetOldMail, type Outbox } from "../platform/mail/outbox.ts";
import { createSmsTransport } from "../platform/sms/sms-transport.ts";
import type { Foundation } from "./foundation.ts";
import { createMeetingDirectory } from "./meeting-directory.ts";

export type Outsiders = {
  readonly routes: readonly BoundRoute[];
  readonly proofs: GuestProofs;
  readonly outbox: Outbox;
  /** What goes out by itself. */
  readonly able: SendingAbilities;
  /** After a new version of the barriers: whoever came in by an exception that is gone, goes. Never rejects. */
  review(): void;
  everyMinute(): Promise<void>;
};

export type OutsidersDeps = {
  readonly barriers: { model(): BarrierModel; refresh(): Promise<BarrierModel> };
  /** The places of these guests are given up, in every meeting. */
  readonly endDevices: (guestIds: readonly string[]) => Promise<void>;
  readonly isRegistered: (meetingId: string, address: string) => Promise<boolean>;
};

/**
 * IDN-4: where a meeting asks for a proof of the address, or for a registration, its own people get a code. A single
 * address is named, so the code goes to that one, whatever tag was typed.
 */
function targetsOf(meeting: MeetingDescription, isRegistered: OutsidersDeps["isRegistered"]): AddressTargets {
  const { guestProof, registration } = meeting.settings.policy.values;
  const invited =
    guestProof === "address" ? meeting.invitees.map((one) => readAddress(one.email)?.address) : [];
  return {
    async targetOf({ address, mailbox }) {
      for (const one of [address, mailbox])
        if (
          invited.includes(one) ||
          (registration === "required" && (await isRegistered(meeting.meetingId, one)))
        )
          return one;
      return null;
    },
  };
}

export function openOutsiders(
  base: Foundation,
  { barriers, endDevices, isRegistered }: OutsidersDeps,
): Outsiders {
  const { db, keys, clock, log } = base;
  const rules = async () => (await barriers.refresh()).rules;
  const directory = createMeetingDirectory({ db, keys });
  const organisationName = () => directory.organisationName();
  const transport = createMailTransport(base.config);
  const sms = createSmsTransport(base.config);
  const outbox = createOutbox({
    ...{ db, keys, transport, sms, now: clock.now, fromName: organisationName },
    onFailure: (error) => log.warn({ error }, "mail could not be sent"),
  });
  const proofs = createGuestProofs({
    ...{ db, keys, rules, now: clock.now },
    knownRules: () => barriers.model().rules,
    onWithdrawn: endDevices,
  });
  const feature = createGuestAddressFeature({
    ...{ db, keys, rules, outbox, organisationName, now: clock.now },
    ...{ limits: base.limits, sessions: base.sessions, log: base.organisationLog },
    async meetingAt(link) {
      const found = await directory.find(link);
      const open = found?.meeting.cancelled === false && found.meeting.occurrenceAt(clock.now()) !== null;
      return open ? targetsOf(found.meeting, isRegistered) : null;
    },
  });
  return {
    routes: feature.routes,
    proofs,
    outbox,
    able: { mail: transport !== null, sms: sms !== null },
    review() {
      proofs
        .review()
        .catch((error: unknown) => log.warn({ error }, "withdrawn exceptions were not looked for"));
    },
    async everyMinute() {
      await forgetOldMail(db, clock.now());
      await proofs.review();
    },
  };
}
