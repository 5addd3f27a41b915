/** Showing and changing the passcode: host and co-hosts only, and each time recorded (MTG-8). */
import { routes } from "@sekisho/contract";
import { effectivePolicy } from "@sekisho/domain";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { lockMeeting } from "./change-meeting.ts";
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
      change(deps, found, body.passcode),
    ),
  ];
}

async function show(deps: MeetingsDeps, found: FoundForCaller) {
  const passcode = await deps.db.transaction().execute(async (trx) => {
    const { row } = found;
    await requirePasscode(trx, row);
    if (row.passcode_sealed === null) throw new HttpError("not_found");
    // Recorded before it is known to anybody: where the record fails, nothing is shown.
    await record(deps, trx, found, "passcode.shown");
    return openPasscode(deps.keys, row.id, row.passcode_sealed);
  });
  await note(deps, found, "passcode.shown");
  return { passcode, readOut: readOut(passcode) };
}

async function change(deps: MeetingsDeps, found: FoundForCaller, own: string | null) {
  const passcode = chosenPasscode(own);
  await deps.db.transaction().execute(async (trx) => {
    const row = await lockMeeting(trx, found.row.id);
    await requirePasscode(trx, row);
    await trx
      .updateTable("meeting")
      .set(passcodeColumns(deps.keys, row.id, passcode))
      .where("id", "=", row.id)
      .execute();
    await record(deps, trx, found, "passcode.changed");
  });
  await note(deps, found, "passcode.changed");
  return { passcode, readOut: readOut(passcode) };
}

/** A meeting whose policy asks for none has none to show. */
async function requirePasscode(trx: Trx, row: MeetingRow): Promise<void> {
  const { values } = effectivePolicy(row.settings, rulesOf((await organisationRow(trx)).rules));
  if (!values.passcodeRequired) throw new HttpError("not_found");
}

function record(deps: MeetingsDeps, trx: Trx, found: FoundForCaller, type: PasscodeEvent["type"]) {
  return deps.log.append(trx, {
    type,
    actor: { kind: "account", id: found.me.accountId },
    data: { meetingId: found.row.id },
  });
}

async function note(deps: MeetingsDeps, found: FoundForCaller, type: PasscodeEvent["type"]): Promise<void> {
  await deps.noteInInstance(found.row.id, { type, by: found.me.accountId });
}
