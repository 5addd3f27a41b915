/** What the meetings' feature needs from the rest of the server. */
import type { Apart, MeetingEvent, ServerAbilities } from "@sekisho/domain";
import type { LogActor, OrganisationLog, Trx } from "../../platform/evidence/organisation-log.ts";
import type { Db } from "../../platform/db/database.ts";
import type { Keys } from "../../platform/keys/keys.ts";
import type { MeetingRow } from "./meeting-rows.ts";

export type PasscodeEvent = Extract<MeetingEvent, { type: "passcode.shown" | "passcode.changed" }>;

/** Mail that a change brings with it: written in the change's own transaction, or it does not happen either. */
export type MeetingNews = {
  /** Whoever is on the list no more, and may have had the invitation, is told so (INV-3). */
  uninvited(trx: Trx, change: ListChange): Promise<void>;
  /** Registrants are told that there will be no meeting (INV-5). */
  cancelled(trx: Trx, row: MeetingRow): Promise<void>;
  /** After the commit. */
  kick(): void;
};

export type ListChange = { readonly before: MeetingRow; readonly row: MeetingRow; readonly by: LogActor };

export type MeetingsDeps = {
  readonly db: Db;
  readonly keys: Keys;
  readonly log: OrganisationLog;
  /** This server's own address, for links. */
  readonly origin: () => string;
  /** What this server can do and where its media server stands (CNF-4). */
  readonly abilities: Omit<ServerAbilities, "home">;
  /** Called after each commit that changed a meeting: a live one takes its new settings at once. */
  readonly onMeetingChanged: (meetingId: string) => void;
  readonly news: MeetingNews;
  /** Writes into the log of the meeting's open instance, if there is one. */
  readonly noteInInstance: (meetingId: string, event: PasscodeEvent) => Promise<unknown>;
  /** Who must not know of whom at this moment (BAR-14). Asked while a connection of the pool is held. */
  readonly apart: () => Promise<Apart>;
  readonly now?: () => number;
};

/** Where and when something is looked at. */
export function viewPoint(deps: Omit<MeetingsDeps, "news">) {
  return { origin: deps.origin(), now: nowOf(deps), abilities: deps.abilities };
}

export function nowOf(deps: Pick<MeetingsDeps, "now">): number {
  return deps.now?.() ?? Date.now();
}
