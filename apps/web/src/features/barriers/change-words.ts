/** A change of a version as the key of its sentence. The server sends parts; the page writes, in the reader's language. */
import type { BarrierChangeLine } from "@sekisho/contract";

export type ChangeKey =
  | "change.policy.on"
  | "change.policy.off"
  | "change.policy.same"
  | "change.policy.sameOff"
  | "change.policy.remove"
  | "change.group.put"
  | "change.group.remove"
  | "change.person.put"
  | "change.person.none"
  | "change.person.remove"
  | "change.rules";

export function changeKey({ kind, names, enabled }: BarrierChangeLine): ChangeKey {
  switch (kind) {
    case "policy.put":
      if (names[0] === names[1]) return enabled === false ? "change.policy.sameOff" : "change.policy.same";
      return enabled === false ? "change.policy.off" : "change.policy.on";
    case "policy.remove":
      return "change.policy.remove";
    case "group.put":
      return "change.group.put";
    case "group.remove":
      return "change.group.remove";
    case "person.put":
      return names.length < 2 ? "change.person.none" : "change.person.put";
    case "person.remove":
      return "change.person.remove";
    case "rules.put":
      return "change.rules";
  }
}
