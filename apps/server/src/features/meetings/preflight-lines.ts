/** From what was tested to the lines of the check (CNF-6). Pure: facts, never claims; what nobody knows is unknown. */
import type { CheckLine, CheckState } from "@sekisho/contract";
import { regionFit, type EffectivePolicy, type MeetingSettings, type PasscodeChannel } from "@sekisho/domain";

/** What was found out just now. */
export type Tested = {
  /** Somebody of no account was put out of a room of its own at the media server. */
  readonly removal: boolean;
  readonly e2ee: boolean;
  readonly region: { readonly label: string; readonly country: string } | null;
  readonly home: string;
  /** Of this very request; null: a proxy, or no TLS at all, stands between. */
  readonly tls: string | null;
  readonly https: boolean;
  /** Null: none is set up. */
  readonly mail: boolean | null;
  /** Of the verifier, if one is named. */
  readonly verifier: { readonly name: string; readonly present: boolean } | null;
  readonly materialsSent: boolean;
  /** Versions of the fact sheet that people from outside have agreed to for this meeting, one for each of them. */
  readonly agreed: readonly number[];
  /** The way that the passcode of now took to each invitee from outside who has been sent it. */
  readonly passcodeWays: readonly PasscodeChannel[];
  readonly registrants: Registrants;
};

export type Registrants = {
  readonly registered: number;
  readonly pending: number;
  readonly waitlisted: number;
};

export function checkLines(
  settings: MeetingSettings,
  policy: EffectivePolicy,
  tested: Tested,
): readonly CheckLine[] {
  const { values } = policy;
  const externals = settings.invitees.filter((invitee) => invitee.accountId === null).length;
  return [
    tested.removal ? line("removal", "ok", "works") : line("removal", "attention", "failed"),
    e2eeLine(values, tested),
    regionLine(values, tested),
    tlsLine(tested),
    line("mediaTransport", "unknown", "later"),
    passcodeLine(values),
    ...passcodeWayLines(values, tested, externals),
    ...mailLines(values, tested),
    verifierLine(values, tested, externals),
    externals === 0
      ? line("outsiders", "ok", "none")
      : line("outsiders", values.agreement ? "ok" : "attention", "invited", String(externals)),
    ...registrationLines(values, tested),
    ...agreementLines(values, tested, externals),
    line("entering", "ok", enteringOf(values)),
    ...materialsLines(settings, values, tested),
  ];
}

function line(id: CheckLine["id"], state: CheckState, found: string, value = ""): CheckLine {
  return { id, state, found, value };
}

type Values = EffectivePolicy["values"];

function e2eeLine({ encryption }: Values, { e2ee }: Tested): CheckLine {
  if (e2ee) return line("e2ee", "ok", encryption === "e2ee" ? "on" : "off");
  return encryption === "e2ee"
    ? line("e2ee", "notPossible", "missing")
    : line("e2ee", "notPossible", "transport");
}

function regionLine({ regions }: Values, { region, home }: Tested): CheckLine {
  if (region === null) return line("region", "unknown", "unknown");
  const fit = regionFit(regions, region.country === "" ? null : region.country, home);
  if (fit === "unknown") return line("region", "unknown", "countryUnknown", region.label);
  return fit === "allowed"
    ? line("region", "ok", "allowed", region.label)
    : line("region", "notPossible", "notAllowed", region.label);
}

function tlsLine({ tls, https }: Tested): CheckLine {
  if (tls !== null) return line("tls", "ok", "negotiated", tls);
  return https ? line("tls", "unknown", "proxy") : line("tls", "attention", "none");
}

/** INV-5: who asks by a registrant's own link is known by it, where nobody else may ask. */
function passcodeLine({ passcodeRequired, registration }: Values): CheckLine {
  if (passcodeRequired) return line("passcode", "ok", "on");
  return registration === "required"
    ? line("passcode", "ok", "ownLinks")
    : line("passcode", "attention", "off");
}

/** INV-1: how many got it by which way, and how many have not. */
function passcodeWayLines(
  { passcodeRequired }: Values,
  { passcodeWays }: Tested,
  externals: number,
): readonly CheckLine[] {
  if (!passcodeRequired || externals === 0) return [];
  const missing = Math.max(0, externals - passcodeWays.length);
  const count = (way: PasscodeChannel) => passcodeWays.filter((one) => one === way).length;
  const value = counted({
    ...{ sms: count("sms"), secondMail: count("secondMail"), oneTimePage: count("oneTimePage") },
    ...{ readOut: count("readOut"), missing },
  });
  return [
    missing === 0
      ? line("passcodeWays", "ok", "sent", value)
      : line("passcodeWays", "attention", "missing", value),
  ];
}

function registrationLines({ registration }: Values, { registrants }: Tested): readonly CheckLine[] {
  if (registration !== "required") return [];
  const { registered, pending, waitlisted } = registrants;
  const value = counted({ registered, pending, waitlisted });
  if (pending > 0) return [line("registration", "attention", "pending", value)];
  return [
    registered > 0
      ? line("registration", "ok", "some", value)
      : line("registration", "attention", "none", value),
  ];
}

/** What is more than nothing, each with its name. */
function counted(numbers: Readonly<Record<string, number>>): string {
  return Object.entries(numbers)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name}:${count}`)
    .join(" ");
}

/** Only where somebody could not come without a mail. */
function mailLines({ guestProof, registration }: Values, { mail }: Tested): readonly CheckLine[] {
  if (guestProof === "none" && registration === "none") return [];
  if (mail === null) return [line("mail", "attention", "none")];
  return [mail ? line("mail", "ok", "reachable") : line("mail", "attention", "unreachable")];
}

function verifierLine({ verifierRequired }: Values, { verifier }: Tested, externals: number): CheckLine {
  if (verifier === null)
    return externals > 0 || verifierRequired
      ? line("verifier", "attention", "nobody")
      : line("verifier", "ok", "notNeeded");
  return line("verifier", "ok", verifier.present ? "present" : "named", verifier.name);
}

/** INV-4: asked at the door, so that nobody can have agreed before asking; who has is told with the newest version. */
function agreementLines({ agreement }: Values, { agreed }: Tested, externals: number): readonly CheckLine[] {
  if (!agreement || externals === 0) return [];
  if (agreed.length === 0) return [line("agreements", "unknown", "none")];
  return [line("agreements", "ok", "some", `${agreed.length} (v${Math.max(...agreed)})`)];
}

/** Muted or not, who may chat, who may share: three letters for one sentence. */
function enteringOf({ muteOnEntry, chat, screenShare }: Values): string {
  return [muteOnEntry ? "muted" : "open", chat, screenShare].join(".");
}

/** CNF-1: where nothing can be shared in the meeting, materials are sent before it. */
function materialsLines(
  { confidentiality }: MeetingSettings,
  { screenShare, files }: Values,
  { materialsSent }: Tested,
): readonly CheckLine[] {
  if (confidentiality === "low" || screenShare !== "nobody" || files !== "off") return [];
  return [materialsSent ? line("materials", "ok", "sent") : line("materials", "attention", "notSaid")];
}
