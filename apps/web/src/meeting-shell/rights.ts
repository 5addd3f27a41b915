/** Why somebody may not do something now, and who fixed it: the reason stands next to the thing. */
import type { RightsView, RoomMeta } from "@sekisho/contract";
import type { Level } from "../ui/class-badge.tsx";

export type RightName = keyof RightsView;
export type PolicySource = RightsView["chat"]["fixedBy"][number];
export type Audience = RightsView["chat"]["value"];

export type ReasonKey =
  | "reason.suspended"
  | "reason.host"
  | "reason.barrier"
  | "reason.organisation"
  | `reason.class.${Level}`;

type Meta = Pick<RoomMeta, "suspended" | "rights" | "confidentiality" | "role">;

/** The sentence for a right that this person does not have. What is named last has fixed it most strictly. */
export function reasonFor(meta: Meta, right: RightName): ReasonKey {
  if (meta.suspended !== null) return "reason.suspended";
  const { limit, fixedBy } = meta.rights[right];
  if (includes(limit, meta.role)) return "reason.host";
  if (fixedBy.includes("barrier")) return "reason.barrier";
  if (fixedBy.includes("preset")) return `reason.class.${meta.confidentiality}`;
  if (fixedBy.includes("organisation") || fixedBy.includes("server")) return "reason.organisation";
  return "reason.host";
}

export function includes(audience: Audience, role: RoomMeta["role"]): boolean {
  if (audience === "everyone") return true;
  return audience === "hosts" && (role === "host" || role === "coHost");
}

const order: readonly Audience[] = ["nobody", "hosts", "everyone"];

/** What hosts may choose: everything up to the limit. */
export function choices(limit: Audience): readonly Audience[] {
  return order.slice(0, order.indexOf(limit) + 1);
}

export type FixedKey =
  | `fixed.preset.${Level}`
  | "fixed.organisation"
  | "fixed.server"
  | "fixed.barrier"
  | "fixed.meeting";

/** Who fixed it, in words; null where nobody did. The strictest source speaks. */
export function fixedKey(fixedBy: readonly PolicySource[], level: Level): FixedKey | null {
  if (fixedBy.includes("barrier")) return "fixed.barrier";
  if (fixedBy.includes("preset")) return `fixed.preset.${level}`;
  if (fixedBy.includes("organisation")) return "fixed.organisation";
  if (fixedBy.includes("server")) return "fixed.server";
  return fixedBy.includes("meeting") ? "fixed.meeting" : null;
}
