/** Who somebody at the door is known to be, by what the browser has proved and not by what was typed (IDN-4, INV-5). */
import type { EntryView } from "@sekisho/contract";
import { id, type Principal } from "@sekisho/domain";
import type { Caller } from "../../platform/http/caller.ts";
import type { GuestProof, MeetingDescription, Registrants } from "./ports.ts";

export type KnownPerson = {
  readonly registration: string | null;
  /** An address that was invited or registered. */
  readonly addressProved: boolean;
  /** Under which a guest asks, whatever was typed; null: the person's own to say. */
  readonly name: {
    readonly displayName: string;
    readonly affiliation: string;
    readonly proved: boolean;
  } | null;
};

export const unknownPerson: KnownPerson = { registration: null, addressProved: false, name: null };

export async function knownPersonOf(
  registrants: Registrants,
  {
    meeting,
    caller,
    proof,
  }: { meeting: MeetingDescription | null; caller: Caller; proof: GuestProof | null },
): Promise<KnownPerson> {
  if (meeting === null) return unknownPerson;
  const { registration } = meeting.settings.policy.values;
  const registrant =
    registration === "required" ? await registrants.registrantAt(meeting.meetingId, caller) : null;
  const invited = proof === null ? undefined : meeting.invitees.find((one) => proof.is(one.email));
  const addressProved = registrant?.proved === true || proof?.named(meeting) === true;
  if (registrant !== null) {
    const { registrationId, displayName, affiliation, proved } = registrant;
    return { registration: registrationId, addressProved, name: { displayName, affiliation, proved } };
  }
  if (invited === undefined) return { registration: null, addressProved, name: null };
  const name = { displayName: invited.name, affiliation: invited.organisation, proved: true };
  return { registration: null, addressProved, name };
}

/** What was proved goes with the request: a ban finds it again, and nobody changes the name (ADM-8). */
export function principalWith(
  principal: Principal | null,
  { proof, known }: { readonly proof: GuestProof | null; readonly known: KnownPerson },
): Principal | null {
  if (principal === null) return null;
  const registration =
    known.registration === null ? {} : { registration: id.registration(known.registration) };
  if (principal.kind === "account") return { ...principal, ...registration };
  return {
    ...principal,
    ...registration,
    ...(proof === null ? {} : { provedDomain: proof.domain, provedAddress: proof.address }),
    ...(known.addressProved ? { addressProved: true } : {}),
    ...(known.name?.proved === true ? { nameProved: true } : {}),
  };
}

export function knownAs(caller: Caller, { name }: KnownPerson): EntryView["knownAs"] {
  return caller.kind === "account" ? null : name;
}
