/** The barriers as the gate sees them at one moment: an index, and how fresh it is (BAR-10). */
import type { Principal } from "../live/state.ts";
import { outsiderClass, type BarrierClass, type BarrierIndex } from "./barrier-index.ts";
import { compileBarriers } from "./compile.ts";
import { noFlags, type BarrierMask } from "./flags.ts";
import { emptyBarriers } from "./model.ts";
import { createRoomUnion, type RoomUnion } from "./room-union.ts";

/**
 * `fresh`: the newest there is. `stale`: the last synced copy, its source does not answer. `expired`: the same, and older
 * than the organisation's limit. `none`: no copy that can be trusted, or this process is behind its database.
 */
export type BarrierFreshness = "fresh" | "stale" | "expired" | "none";

/** Stands in every record of a decision (BAR-10, BAR-15). */
export type BarrierStamp = { readonly version: number; readonly freshness: BarrierFreshness };

export type BarrierContext = {
  readonly stamp: BarrierStamp;
  readonly on: boolean;
  /** True where nobody new may come in: without a copy, or with one that is too old (BAR-10). */
  readonly denyNew: boolean;
  classOf(principal: Principal): BarrierClass;
  between(a: BarrierClass, b: BarrierClass): BarrierMask;
  hard(a: BarrierClass, b: BarrierClass): boolean;
  /** The same object as long as `classOf` answers the same for everybody. */
  readonly numbering: object;
  /** An empty room under these barriers. */
  room(): RoomUnion;
};

export function barrierContext(index: BarrierIndex, freshness: BarrierFreshness): BarrierContext {
  return {
    stamp: { version: index.version, freshness },
    on: index.on,
    denyNew: index.on && (freshness === "expired" || freshness === "none"),
    classOf: (principal) =>
      principal.kind === "account"
        ? index.classOfAccount(principal.accountId)
        : index.classOfOutsider(principal.provedDomain ?? null),
    between: (a, b) => index.between(a, b),
    hard: (a, b) => index.hard(a, b),
    numbering: index.parts.numbering,
    room: () => createRoomUnion(index),
  };
}

const nothing = compileBarriers(emptyBarriers);

/** No walls have ever been laid down. */
export const noBarriers: BarrierContext = {
  stamp: { version: 0, freshness: "fresh" },
  on: false,
  denyNew: false,
  classOf: () => outsiderClass,
  between: () => noFlags,
  hard: () => false,
  numbering: nothing.parts.numbering,
  room: () => createRoomUnion(nothing),
};

/** Nothing is known, so nobody new comes in; who is inside stays until something is known again (BAR-10). */
export const unknownBarriers: BarrierContext = {
  ...noBarriers,
  stamp: { version: 0, freshness: "none" },
  on: true,
  denyNew: true,
};
