/** What the menu of one participant offers: the server's capabilities, narrowed to what makes sense for this person. */
import type { PersonView, RoomMeta } from "@sekisho/contract";
import { may } from "../../api/live/meeting-context.ts";
import type { PersonMedia } from "../../media/media-state.ts";

export type PersonAction =
  | "lowerHand"
  | "mute"
  | "askToUnmute"
  | "stopCamera"
  | "stopShare"
  | "coHost"
  | "notCoHost"
  | "rename"
  | "sendBack"
  | "report"
  | "remove";

export function personActions(
  meta: Pick<RoomMeta, "selfId" | "capabilities" | "role">,
  person: PersonView,
  media: PersonMedia,
): readonly PersonAction[] {
  const self = person.id === meta.selfId;
  const hosting = person.role === "host" || person.role === "coHost";
  const actions: PersonAction[] = [];
  const raised = person.handRaisedAt !== null;
  if (raised && (self || may(meta, "participant.mute"))) actions.push("lowerHand");
  if (!self) actions.push(...mediaActions(meta, media));
  if (!self && may(meta, "participant.appoint") && person.role !== "host" && !person.external)
    actions.push(person.role === "coHost" ? "notCoHost" : "coHost");
  if (mayRename(meta, person, self)) actions.push("rename");
  if (self) return actions;
  if (!hosting && may(meta, "admission.sendBack")) actions.push("sendBack");
  if (may(meta, "participant.report")) actions.push("report");
  if (mayRemove(meta, person)) actions.push("remove");
  return actions;
}

function mediaActions(meta: Pick<RoomMeta, "capabilities">, media: PersonMedia): PersonAction[] {
  const actions: PersonAction[] = [];
  if (may(meta, "participant.mute") && media.microphone) actions.push("mute");
  if (may(meta, "participant.askToUnmute") && !media.microphone) actions.push("askToUnmute");
  if (may(meta, "participant.mute") && media.camera !== null) actions.push("stopCamera");
  if (may(meta, "participant.mute") && media.screen !== null) actions.push("stopShare");
  return actions;
}

/** Accounts carry the organisation's name for them. */
function mayRename(meta: Pick<RoomMeta, "capabilities">, person: PersonView, self: boolean): boolean {
  if (person.badge === "account") return false;
  return may(meta, self ? "participant.renameSelf" : "participant.rename");
}

/** SEC-7: the host cannot be removed by those they promoted. */
function mayRemove(meta: Pick<RoomMeta, "capabilities" | "role">, person: PersonView): boolean {
  if (!may(meta, "participant.remove") || person.role === "host") return false;
  return person.role !== "coHost" || meta.role === "host";
}

/** Whom the removal section may list. */
export function removable(
  meta: Pick<RoomMeta, "selfId" | "capabilities" | "role">,
  people: readonly PersonView[],
): readonly PersonView[] {
  return people.filter((one) => one.id !== meta.selfId && mayRemove(meta, one));
}
