/** Messages of one meeting, for its hosts: where no mail server is set, to send them oneself (INV-3). */
import { routes, type MeetingMessage } from "@sekisho/contract";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../../platform/http/binder.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { savedMail } from "../../../platform/mail/compose-mail.ts";
import { openSealed, openTo } from "../../../platform/mail/sealed-message.ts";
import { readerOf } from "../change-meeting.ts";
import type { FoundForCaller } from "../meeting-guard.ts";
import { visibleInvitees } from "../meeting-views.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { inviteeMac } from "./invitee-key.ts";
import { plainProblem } from "./overview.ts";

const mostMessages = 600;

export function messageRoutes(deps: InvitationDeps): readonly BoundRoute[] {
  const { messageList, messageOpen, messageHandOver } = routes.invitations;
  return [
    handle<typeof messageList, FoundForCaller>(messageList, async ({ found }) => ({
      messages: (await rowsOf(deps, found, null)).map((row) => viewOf(deps, row)),
    })),
    handle<typeof messageOpen, FoundForCaller>(messageOpen, ({ found, params }) =>
      open(deps, found, params.messageId),
    ),
    handle<typeof messageHandOver, FoundForCaller>(messageHandOver, async ({ found, params }) => {
      await handOver(deps, found, params.messageId);
      return { ok: true } as const;
    }),
  ];
}

type Row = Awaited<ReturnType<typeof storedOf>>[number] & { readonly name: string };

/** To invitees whom this reader may see (BAR-14); codes are in nobody's list. */
async function rowsOf(
  deps: InvitationDeps,
  found: FoundForCaller,
  only: string | null,
): Promise<readonly Row[]> {
  const reader = readerOf(found, await deps.apart());
  const names = new Map(
    visibleInvitees(found.row, reader).map((one) => [
      inviteeMac(deps.keys, found.row.id, one.email).toString("hex"),
      one.name,
    ]),
  );
  return (await storedOf(deps, found.row.id, only)).flatMap((row) => {
    const name = names.get(row.invitee_mac.toString("hex"));
    return name === undefined ? [] : [{ ...row, name }];
  });
}

function storedOf({ db }: InvitationDeps, meetingId: string, only: string | null) {
  return db
    .selectFrom("outbox")
    .innerJoin("meeting_message as m", "m.id", "outbox.id")
    .select([
      "outbox.id",
      "outbox.kind",
      "outbox.channel",
      "outbox.recipient",
      "outbox.sealed",
      "outbox.secret",
    ])
    .select(["outbox.state", "outbox.problem", "outbox.created_at", "outbox.sent_at", "m.invitee_mac"])
    .where("m.meeting_id", "=", meetingId)
    .$if(only !== null, (query) => query.where("outbox.id", "=", only ?? ""))
    .orderBy("outbox.created_at", "desc")
    .limit(mostMessages)
    .execute();
}

function viewOf({ keys }: InvitationDeps, row: Row): MeetingMessage {
  return {
    ...{ id: row.id, kind: row.kind, channel: row.channel, name: row.name, to: openTo(keys, row) },
    ...{ state: row.state, problem: plainProblem(row), readable: isReadable(row) },
    createdAt: row.created_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
  };
}

/** What opens something is shown only while somebody has to hand it over. */
function isReadable({ sealed, secret, state }: Pick<Row, "sealed" | "secret" | "state">): boolean {
  return sealed !== null && (!secret || state === "noTransport");
}

async function open(deps: InvitationDeps, found: FoundForCaller, messageId: string) {
  const [row] = await rowsOf(deps, found, messageId);
  if (row === undefined || row.sealed === null || !isReadable(row)) throw new HttpError("not_found");
  const by = { kind: "account", id: found.me.accountId } as const;
  // Recorded before it is known to anybody: where the record fails, nothing is shown (MTG-8).
  if (row.kind === "passcode") {
    await deps.db.transaction().execute((trx) =>
      deps.log.append(trx, {
        type: "passcode.shown",
        actor: by,
        data: { meetingId: found.row.id, messageId },
      }),
    );
    await deps.noteInInstance(found.row.id, { type: "passcode.shown", by: by.id });
  }
  const message = openSealed(deps.keys, row.id, row.sealed);
  const to = openTo(deps.keys, row);
  const { displayName: fromName, email } = found.me;
  const eml = await savedMail({ ...message, id: row.id, fromName, to }, email);
  return { to, subject: message.subject, text: message.text, eml };
}

async function handOver(deps: InvitationDeps, found: FoundForCaller, messageId: string): Promise<void> {
  const [row] = await rowsOf(deps, found, messageId);
  if (row === undefined) throw new HttpError("not_found");
  await deps.db.transaction().execute(async (trx) => {
    await markHandedOver(trx, row);
    await deps.log.append(trx, {
      type: "message.handedOver",
      actor: { kind: "account", id: found.me.accountId },
      data: { meetingId: found.row.id, messageId, kind: row.kind },
    });
  });
}

async function markHandedOver(trx: Trx, { id, secret }: Pick<Row, "id" | "secret">): Promise<void> {
  const marked = await trx
    .updateTable("outbox")
    .set({ state: "handedOver", sent_at: new Date(), ...(secret ? { sealed: null } : {}) })
    .where("id", "=", id)
    .where("state", "=", "noTransport")
    .executeTakeFirst();
  if (marked.numUpdatedRows !== 1n) throw new HttpError("not_found");
}
