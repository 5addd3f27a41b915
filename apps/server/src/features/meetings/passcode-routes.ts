/** Showing and changing the passcode: host and co-hosts only, and each time recorded (MTG-8). */
import { routes } from "@sekisho/contract";
import { effectivePolicy } from "@sekisho/domain";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { lockMeeting } from "./change-meeting.ts";
import { callOff } from "./invitations/message-store.ts";
import { requireNoPasscodeIn } from "./invitations/one-secret.ts";
import type { FoundForCaller } from "./meeting-guard.ts";
import { organisationRow, rulesOf, type MeetingRow } from "./meeting-rows.ts";
import type { MeetingsDeps, PasscodeEvent } from "./meetings-deps.ts";
import { chosenPasscode, openPasscode, passcodeColumns } from "./passcode.ts";
import { readOut } from "./read-out.ts";

export function passcodeRoutes(deps: MeetingsDeps): readonly BoundRoute[] {
  const { passcodeShow, passcodeChange } = routes.meeting;
  return [
    handle<typeof passcodeShow, FoundForCaller>(passcodeShow, async ({ found }) => show(deps, found)),
    handle<typeof passcodeChange, FoundForCaller>(passcodeChange, async ({ found, body }) =>
      changePasscode(deps, found.row.id, body.passcode, byAccount(found)),
    ),
  ];
}

async function show(deps: MeetingsDeps, found: FoundForCaller) {
  const about = { meetingId: found.row.id, by: byAccount(found), type: "passcode.shown" } as const;
  const passcode = await deps.db.transaction().execute(async (trx) => {
    const { row } = found;
    await requirePasscode(trx, row);
    if (row.passcode_sealed === null) throw new HttpError("not_found");
    // Recorded before it is known to anybody: where the record fails, nothing is shown.
    await record(deps, trx, about);
    return openPasscode(deps.keys, row.id, row.passcode_sealed);
  });
  await note(deps, about);
  return { passcode, readOut: readOut(passcode) };
}

/** The old one is good for nothing from now on. `own` null: a new one. */
export async function changePasscode(
  deps: MeetingsDeps,
  meetingId: string,
  own: string | null,
  by: Extract<LogActor, { readonly id: string }>,
) {
  const passcode = chosenPasscode(own);
  await deps.db.transaction().execute(async (trx) => {
    const row = await lockMeeting(trx, meetingId);
    await requirePasscode(trx, row);
    requireNoPasscodeIn(row.settings, passcode);
    await trx
      .updateTable("meeting")
      .set(passcodeColumns(deps.keys, row.id, passcode))
      .where("id", "=", row.id)
      .execute();
    await callOff(trx, meetingId, "passcodes");
    await record(deps, trx, { meetingId, by, type: "passcode.changed" });
  });
  await note(deps, { meetingId, by, type: "passcode.changed" });
  return { passcode, readOut: readOut(passcode) };
}

/** A meeting whose policy asks for none has none to show. */
async function requirePasscode(trx: Trx, row: MeetingRow): Promise<void> {
  const { values } = effectivePolicy(row.settings, rulesOf(await organisationRow(trx)));
  if (!values.passcodeRequired) throw new HttpError("not_found");
}

type Happened = {
  readonly meetingId: string;
  readonly by: Extract<LogActor, { readonly id: string }>;
  readonly type: PasscodeEvent["type"];
};

function byAccount(found: FoundForCaller) {
  return { kind: "account", id: found.me.accountId } as const;
}

function record(deps: MeetingsDeps, trx: Trx, { meetingId, by, type }: Happened) {
  return deps.log.append(trx, { type, actor: by, data: { meetingId } });
}

async function note(deps: MeetingsDeps, { meetingId, by, type }: Happened): Promise<void> {
  await deps.noteInInstance(meetingId, { type, by: by.id });
}
