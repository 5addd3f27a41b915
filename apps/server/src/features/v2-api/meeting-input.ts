/** From what a client sends to the fields of the form (MTG-1). What is not sent stays, or is the organisation's default. */
import type { MeetingInput, V2MeetingInput, V2MeetingPatch } from "@sekisho/contract";
import { nowIn, ruleOf, startIn } from "./meeting-times.ts";
import type { MeetingAbout } from "./ports.ts";
import { V2Error } from "./v2-error.ts";

/** Ids of the accounts that `alternative_hosts` names; null: it was not sent. */
export type Named = { readonly coHosts: readonly string[] | null };

const instant = 1;
const scheduled = 2;
const recurring = 8;

export function newMeeting(body: V2MeetingInput, about: MeetingAbout, named: Named): MeetingInput {
  const { rules, defaults, host, now } = about;
  const confidentiality = body.confidentiality ?? rules.defaults.confidentiality;
  if (confidentiality === null)
    throw new V2Error("validation", "", {
      fields: [
        {
          field: "confidentiality",
          message: "Missing field: send high, medium or low, or let the organisation set a default.",
        },
      ],
    });
  const zone = body.timezone === undefined || body.timezone === "" ? null : body.timezone;
  const times =
    body.type === instant || body.start_time === undefined || body.start_time === ""
      ? { timeZone: zone ?? "UTC", start: nowIn(zone ?? "UTC", now) }
      : startIn(body.start_time, zone);
  const whole = { ...defaults, ...times, confidentiality, topic: topicFor(host) };
  return withChanges(whole, body, named);
}

export function changedMeeting(before: MeetingInput, body: V2MeetingPatch, named: Named): MeetingInput {
  const zone = body.timezone === undefined || body.timezone === "" ? before.timeZone : body.timezone;
  const times =
    body.start_time === undefined || body.start_time === ""
      ? { start: before.start, timeZone: zone }
      : startIn(body.start_time, zone);
  const confidentiality = body.confidentiality ?? before.confidentiality;
  return withChanges({ ...before, ...times, confidentiality }, body, named);
}

function topicFor(host: MeetingAbout["host"]): string {
  return host.locale === "ja" ? `${host.display_name}の会議` : `${host.display_name}'s meeting`;
}

function withChanges(base: MeetingInput, body: V2MeetingPatch, named: Named): MeetingInput {
  const { topic, agenda, duration } = body;
  const settings = body.settings ?? {};
  return {
    ...base,
    ...(topic === undefined || topic === "" ? {} : { topic }),
    ...(agenda === undefined ? {} : { description: agenda }),
    ...(duration === undefined ? {} : { durationMinutes: Math.max(5, duration) }),
    recurrence: recurrenceIn(base, body),
    hostVideo: settings.host_video ?? base.hostVideo,
    participantVideo: settings.participant_video ?? base.participantVideo,
    joinBeforeHost: settings.join_before_host ?? base.joinBeforeHost,
    muteOnEntry: settings.mute_upon_entry ?? base.muteOnEntry,
    waitingRoom: settings.waiting_room ?? base.waitingRoom,
    whoMayJoin: whoIn(base, settings.meeting_authentication),
    meetingNumber:
      settings.use_pmi === true ? "personal" : settings.use_pmi === false ? "automatic" : base.meetingNumber,
    transportRiskAccepted: settings.transport_risk_accepted ?? base.transportRiskAccepted,
    encryption: settings.encryption_type === "e2ee" ? "e2ee" : base.encryption,
    coHosts: named.coHosts === null ? base.coHosts : [...named.coHosts],
    invitees: inviteesIn(base, settings.meeting_invitees),
  };
}

function recurrenceIn(base: MeetingInput, body: V2MeetingPatch): string | null {
  const { type, recurrence } = body;
  if (type !== undefined && ![instant, scheduled, recurring].includes(type))
    throw new V2Error("validation", "", {
      fields: [{ field: "type", message: "1, 2 and 8 are possible." }],
    });
  if (type === instant || type === scheduled) return null;
  if (recurrence !== undefined && recurrence !== null) return ruleOf(recurrence);
  if (type === recurring && base.recurrence === null)
    throw new V2Error("validation", "", { fields: [{ field: "recurrence", message: "Missing field." }] });
  return base.recurrence;
}

/** `false` opens to everybody with the link, but never what is for named people alone. */
function whoIn(base: MeetingInput, signedIn: boolean | null | undefined): MeetingInput["whoMayJoin"] {
  if (signedIn === undefined || signedIn === null || base.whoMayJoin === "named") return base.whoMayJoin;
  return signedIn ? "signedIn" : "anyoneWithLink";
}

function inviteesIn(
  base: MeetingInput,
  asked: readonly { readonly email: string }[] | null | undefined,
): MeetingInput["invitees"] {
  if (asked === undefined || asked === null) return base.invitees;
  const known = new Map(base.invitees.map((one) => [one.email.toLowerCase(), one]));
  return asked.map(
    ({ email }) =>
      known.get(email.toLowerCase()) ?? {
        email,
        name: email.slice(0, email.indexOf("@")).slice(0, 64),
        organisation: "",
      },
  );
}
