/** A meeting's settings in the terms of an instance: what the gate decides with. */
import { effectivePolicy, id, type InstanceSettings, type KnownNames } from "@sekisho/domain";
import { rulesOf, type MeetingRow, type OrganisationRow, type People } from "./meeting-rows.ts";

/**
 * `version` is made of the meeting's and the organisation's: the runner reads both behind the instance's lock and
 * compares. Accounts that are disabled hold no role.
 */
export function instanceSettingsOf(
  meeting: MeetingRow,
  organisation: OrganisationRow,
  accounts: People,
): { readonly settings: InstanceSettings; readonly names: KnownNames } {
  const { settings } = meeting;
  const isActive = (accountId: string) => accounts.get(accountId)?.disabled_at === null;
  const coHosts = settings.coHosts.filter(isActive);
  const hostNames = [meeting.host_id, ...coHosts].flatMap((one) => accounts.get(one)?.display_name ?? []);
  return {
    settings: {
      version: `${meeting.version}:${organisation.version}`,
      confidentiality: settings.confidentiality,
      policy: effectivePolicy(settings, rulesOf(organisation)),
      appointments: {
        host: id.account(meeting.host_id),
        coHosts,
        verifier: settings.verifier !== null && isActive(settings.verifier) ? settings.verifier : null,
        invitedAccounts: settings.invitees.flatMap((invitee) => invitee.accountId ?? []),
      },
    },
    names: {
      hosts: hostNames,
      invited: settings.invitees
        .filter((invitee) => invitee.accountId === null)
        .map((invitee) => invitee.name),
      people: settings.invitees
        .filter((invitee) => invitee.accountId === null)
        .map(({ name, organisation: affiliation }) => ({ displayName: name, affiliation })),
    },
  };
}
