/** Breakout rooms (SEC-4) as one admitted person sees them. */
import { z } from "zod";
import { instant, opaqueId, shownName } from "../schemas.ts";

export const breakoutPhase = z.enum(["closed", "open", "closing"]);
export type BreakoutPhase = z.infer<typeof breakoutPhase>;

/** The name of a room on its way in: 1–64 characters by the rule of people's names, no two of a meeting alike. */
export const breakoutName = z.string().trim().min(1).max(64);

export const breakoutsView = z.strictObject({
  phase: breakoutPhase,
  /** When everybody is back in the main room; null: no timer. In the last 60 s the phase is `closing`. */
  closesAt: instant.nullable(),
  /** People pick and change rooms themselves. */
  choose: z.boolean(),
  /** People may go back to the main room before it ends. */
  mayReturn: z.boolean(),
  /** Where this person is: a room, or null for the main one. */
  ownId: opaqueId.nullable(),
  /** The room that this person belongs to, there or not. */
  assignedId: opaqueId.nullable(),
  /** Hosts: all. Others: all where they choose, else the own and the assigned one. In the hosts' order. */
  rooms: z.array(z.strictObject({ id: opaqueId, name: shownName })),
  /** Since when the own call for help stands. */
  calledAt: instant.nullable(),
  /** Only for hosts; null for everybody else. */
  hosts: z
    .strictObject({
      /** Of people inside, whichever room they are in at the moment. */
      assignments: z.array(z.strictObject({ admissionId: opaqueId, breakoutId: opaqueId })),
      /** Oldest first. Gone when a host comes into the room, or somebody takes it back. */
      calls: z.array(
        z.strictObject({
          admissionId: opaqueId,
          displayName: shownName,
          breakoutId: opaqueId,
          at: instant,
        }),
      ),
    })
    .nullable(),
});
export type BreakoutsView = z.infer<typeof breakoutsView>;
