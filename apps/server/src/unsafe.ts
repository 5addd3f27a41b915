/** The only place in the server where a type is asserted. Each says what makes it true. */
import type { BarrierChange, MeetingEvent } from "@sekisho/domain";
import type { Route } from "@sekisho/contract";
import type { CallContext } from "./platform/http/binder.ts";

/** The binder parsed params, query and body with this very route's schemas, and ran its guard. */
export function contextOf<R extends Route, Guarded>(context: CallContext<Route>): CallContext<R, Guarded> {
  return context as CallContext<R, Guarded>;
}

/** A record of our own append-only log, whose hash was checked or which this process wrote. */
export function eventOf(type: string, fields: object): MeetingEvent {
  return { type, ...fields } as MeetingEvent;
}

/** Several statements in one query answer with one result each, in order; node-postgres types only a single one. */
export function resultsOf<Rows extends readonly object[]>(
  answers: unknown,
): { readonly [I in keyof Rows]: { readonly rows: readonly Rows[I][] } | undefined } {
  return answers as { readonly [I in keyof Rows]: { readonly rows: readonly Rows[I][] } | undefined };
}

/** What a row of `barrier_version` holds: written by us alone, and behind a digest in the organisation's chain. */
export function barrierChanges(value: unknown): readonly BarrierChange[] {
  return value as readonly BarrierChange[];
}
