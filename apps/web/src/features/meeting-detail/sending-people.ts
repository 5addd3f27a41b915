import type { InvitationOverview, InvitedPerson } from "@sekisho/contract";

/** Whoever may have had the invitation. */
export function hasLink({ link }: InvitedPerson): boolean {
  return link?.what === "link" && ["queued", "sent", "handedOver"].includes(link.state);
}

/** To whom something would be news: those who have nothing yet, an earlier version, or, at its end, no cancellation. */
export function worthSending({ cancelled, people }: InvitationOverview): readonly InvitedPerson[] {
  if (cancelled) return people.filter((one) => hasLink(one));
  return people.filter(({ link }) => link === null || link.state === "failed" || link.outdated);
}

/** To whom it can be sent at all. */
export function canReceive({ cancelled, people }: InvitationOverview): readonly InvitedPerson[] {
  return cancelled ? people.filter(({ link }) => link !== null) : people;
}

/** Who signs in needs none (MTG-8). */
export function needsPasscode(overview: InvitationOverview): readonly InvitedPerson[] {
  return overview.passcodeNeeded ? overview.people.filter(({ account }) => !account) : [];
}

export function hasPasscode({ passcode }: InvitedPerson): boolean {
  return passcode !== null && !["failed", "expired"].includes(passcode.state);
}
