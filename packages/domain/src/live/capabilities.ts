/**
 * What one admitted person may do at this moment. The only place that says so: the page is told the list, the server
 * asks it before every command, and the SFU's grants are made from it (SEC-2). Unknown → no.
 */
import { noGrants, type MediaGrants, type MediaSource } from "../media-grants.ts";
import { forbids } from "../barrier/flags.ts";
import { isInCall, isVerifier } from "./calls.ts";
import { isEndToEnd } from "./keys.ts";
import { openness, type Audience } from "../policy/values.ts";
import { personKey, type Admission, type InstanceState, type Rights } from "./state.ts";

export const capabilities = [
  "lobby.view",
  "admission.admit",
  "admission.deny",
  "admission.sendBack",
  "participant.remove",
  "participant.mute",
  "participant.askToUnmute",
  "participant.rename",
  "participant.renameSelf",
  "participant.appoint",
  "participant.report",
  "meeting.lock",
  "meeting.suspend",
  "meeting.resume",
  "meeting.setWaitingRoom",
  "meeting.setRights",
  "meeting.setHostMessage",
  "meeting.end",
  "ban.lift",
  "link.reopen",
  "passcode.show",
  "media.listen",
  "media.microphone",
  "media.camera",
  "media.screenShare",
  "chat.send",
  "hand.raise",
  "reaction.send",
  "breakout.manage",
  "breakout.broadcast",
  "breakout.choose",
  "breakout.join",
  "breakout.return",
  "breakout.callHost",
  "verificationCall.start",
] as const;

export type Capability = (typeof capabilities)[number];

const hostsAbilities: readonly Capability[] = [
  "lobby.view",
  "admission.admit",
  "admission.deny",
  "admission.sendBack",
  "participant.remove",
  "participant.mute",
  "participant.askToUnmute",
  "participant.rename",
  "participant.report",
  "meeting.lock",
  "meeting.suspend",
  "meeting.setWaitingRoom",
  "meeting.setRights",
  "meeting.setHostMessage",
  "meeting.end",
  "passcode.show",
  "breakout.manage",
];

/** SEC-1: only the host resumes; SEC-7: only the host promotes; ADM-8: only the host lets somebody ask again. */
const hostOnly: readonly Capability[] = ["meeting.resume", "participant.appoint", "ban.lift", "link.reopen"];

export function isHosting(person: Admission): boolean {
  return person.role === "host" || person.role === "coHost";
}

export function capabilitiesOf(state: InstanceState, person: Admission): ReadonlySet<Capability> {
  const able = new Set<Capability>();
  if (person.status.kind !== "admitted" || state.phase !== "live") return able;
  if (person.role === "verifier") for (const one of verifierAbilities) able.add(one);
  if (isHosting(person)) for (const one of hostsAbilities) able.add(one);
  // Rooms of their own would need keys of their own, or share one key with people who are not there.
  if (isEndToEnd(state)) able.delete("breakout.manage");
  if (person.role === "host") for (const one of hostOnly) able.add(one);
  able.add("participant.report");
  if (mayBy(state, "rename", person)) able.add("participant.renameSelf");
  if (state.suspended !== null) return able;
  able.add("media.listen").add("media.camera").add("hand.raise").add("reaction.send");
  if (mayVerify(state, person)) able.add("verificationCall.start");
  if (mayBy(state, "chat", person)) able.add("chat.send");
  // Out of the meeting's room for a while: no part in what goes on between its rooms, and nothing is shown to anybody.
  if (isInCall(state, person)) return able.add("media.microphone");
  // Where people may not unmute by themselves, a host's request is the permission, until the host mutes them again.
  if (mayBy(state, "unmute", person) || person.askedToUnmuteAt !== null) able.add("media.microphone");
  if (mayBy(state, "screenShare", person)) able.add("media.screenShare");
  for (const one of breakoutAbilities(state, person)) able.add(one);
  return able;
}

/** SEC-4. Hosts go into any room; others where they may choose, to their own, and back where that is allowed. */
function breakoutAbilities(state: InstanceState, person: Admission): readonly Capability[] {
  const { phase, choose, mayReturn, assignments } = state.breakouts;
  if (phase === "closed") return [];
  const able: Capability[] = [];
  const hosting = isHosting(person);
  // A message to all rooms is chat by another name: off wherever chat is.
  const chatIsOff = isMasked(state, "chat") || state.settings.policy.values.chat === "nobody";
  if (hosting && !chatIsOff) able.push("breakout.broadcast");
  const inRoom = person.breakoutId !== null;
  if (phase === "open") {
    if (hosting || choose) able.push("breakout.choose");
    const own = assignments.get(personKey(person.principal));
    if (own !== undefined && own !== person.breakoutId) able.push("breakout.join");
  }
  if (inRoom && (hosting || mayReturn || phase === "closing")) able.push("breakout.return");
  if (inRoom && !hosting) able.push("breakout.callHost");
  return able;
}

/** ADM-4: the verifier whom the meeting names, and the host standing in; where a verifier is asked for at all. */
function mayVerify(state: InstanceState, person: Admission): boolean {
  const { verifierRequired } = state.settings.policy.values;
  return verifierRequired && (person.role === "host" || isVerifier(state, person));
}

const verifierAbilities: readonly Capability[] = ["lobby.view", "admission.admit", "admission.deny"];

/** The stricter of what the policy allows and what hosts have narrowed to in the meeting (CNF-3); nobody under a soft block. */
export function audienceOf(state: InstanceState, right: keyof Rights): Audience {
  if (isMasked(state, right)) return "nobody";
  const allowed = state.settings.policy.values[right];
  const narrowed = state.rights[right];
  return openness(right, allowed) <= openness(right, narrowed) ? allowed : narrowed;
}

/** BAR-4: off for everybody, hosts included, while those are in the meeting who must not do it with each other. */
export function isMasked(state: InstanceState, right: keyof Rights): boolean {
  const { mask } = state.barrier;
  if (right === "chat") return forbids(mask, "in_meeting_chat");
  return right === "screenShare" && forbids(mask, "screen_share");
}

function mayBy(state: InstanceState, right: keyof Rights, person: Admission): boolean {
  const audience = audienceOf(state, right);
  return audience === "everyone" || (audience === "hosts" && isHosting(person));
}

/** ADM-13: to hear and see each other, both sides alike. */
const callGrants: MediaGrants = { subscribe: true, sources: ["microphone", "camera"] };

/** The same rights, in the SFU's terms. Whoever is not admitted to a live meeting gets nothing, but for a call's two. */
export function grantsOf(state: InstanceState, person: Admission): MediaGrants {
  if (isInCall(state, person)) return callGrants;
  const able = capabilitiesOf(state, person);
  if (!able.has("media.listen")) return noGrants;
  const sources: MediaSource[] = [];
  if (able.has("media.microphone")) sources.push("microphone");
  if (able.has("media.camera")) sources.push("camera");
  if (able.has("media.screenShare")) sources.push("screenShare", "screenShareAudio");
  return { subscribe: true, sources };
}
