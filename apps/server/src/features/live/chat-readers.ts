/** Who of the admitted people reads what of the chat (SEC-5): in breakout rooms, those who are there (SEC-4). */
import type { ChatMessage } from "@sekisho/contract";
import { id, isHosting, placeAt, type Admission, type InstanceState } from "@sekisho/domain";

/** Whom a message reaches at the moment when it is sent. */
export function hears(state: InstanceState, message: ChatMessage, admissionId: string): boolean {
  const person = state.admissions.get(id.admission(admissionId));
  if (person?.status.kind !== "admitted") return false;
  // Nothing of before the own admission, however late its notice is.
  if (message.at < person.status.at) return false;
  if (message.to === "everyone" && message.fromId !== person.id)
    return person.breakoutId === message.breakoutId;
  return isAddressed(message, person);
}

/** What a person finds again after a reload: of each room what was said there while the person was in it. */
export function mayReadAgain(person: Admission, message: ChatMessage): boolean {
  if (message.to === "everyone" && message.fromId !== person.id)
    return placeAt(person, message.at) === message.breakoutId;
  return isAddressed(message, person);
}

function isAddressed(message: ChatMessage, person: Admission): boolean {
  if (message.fromId === person.id || message.to === "broadcast") return true;
  return message.to === "one" ? message.toId === person.id : message.to === "hosts" && isHosting(person);
}

/** In the same room. */
export function isNear(state: InstanceState, one: string, other: string): boolean {
  const a = state.admissions.get(id.admission(one));
  const b = state.admissions.get(id.admission(other));
  return a !== undefined && b !== undefined && a.breakoutId === b.breakoutId;
}
