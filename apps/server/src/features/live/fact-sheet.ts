/** The fact sheet on its way to whoever may read it (INV-4, MTG-4): the holder of a link, or of number and passcode. */
import type { FactSheetView } from "@sekisho/contract";
import type { Caller } from "../../platform/http/caller.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import type { PasscodeTries } from "./passcode-tries.ts";
import type { Instances } from "./instances.ts";
import type { FactSheets, MeetingDescription, MeetingDirectory } from "./ports.ts";
import type { Runner } from "./runner.ts";

export type FactSheetReader = {
  readonly link: string;
  readonly caller: Caller;
  readonly ip: string;
  readonly passcode: string | null;
};

export type FactSheetReading = {
  readonly directory: MeetingDirectory;
  readonly instances: Pick<Instances, "current">;
  readonly runner: Pick<Runner, "read">;
  readonly tries: PasscodeTries;
  readonly factSheets: FactSheets;
  readonly clock: { now(): number };
};

/** No answer of a refused try comes sooner, so that its time does not tell why (MTG-4). */
const floorMs = 250;

/** Throws `entry_not_accepted`: no such meeting, cancelled, over, and a number without its passcode are one answer. */
export async function readFactSheet(deps: FactSheetReading, reader: FactSheetReader): Promise<FactSheetView> {
  const floor = new Promise((resolve) => setTimeout(resolve, floorMs));
  const found = await deps.directory.find(reader.link);
  const meeting = found?.meeting ?? null;
  const byNumber = /^\d+$/u.test(reader.link);
  const proved = !byNumber || (await deps.tries.check(reader, meeting)) === "matched";
  if (meeting === null || !proved || !(await isOpen(deps, meeting))) {
    await floor;
    throw new HttpError("entry_not_accepted");
  }
  const { view } = await deps.factSheets.of(meeting);
  return view;
}

async function isOpen(
  { instances, runner, clock }: FactSheetReading,
  meeting: MeetingDescription,
): Promise<boolean> {
  if (meeting.cancelled) return false;
  const row = await instances.current(meeting, clock.now());
  const state = row === null ? null : await runner.read(row.instanceId);
  return state === null ? meeting.occurrenceAt(clock.now()) !== null : state.phase !== "ended";
}
