/** The outbox for administrators: what became of messages, never what stands in them (INV-3, DAT-5). */
import { routes, type OutboxMessage } from "@sekisho/contract";
import { handle, type BoundRoute } from "../../../platform/http/binder.ts";
import type { Caller } from "../../../platform/http/caller.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { openTo } from "../../../platform/mail/sealed-message.ts";
import { nowOf } from "../meetings-deps.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { plainProblem } from "./overview.ts";

const mostMessages = 200;

export function outboxRoutes(deps: InvitationDeps): readonly BoundRoute[] {
  const { outboxList, outboxRetry } = routes.invitations;
  return [
    handle(outboxList, async () => ({ able: { ...deps.able }, messages: await list(deps) })),
    handle(outboxRetry, async ({ params, caller }) => {
      await retry(deps, caller, params.messageId);
      return { ok: true } as const;
    }),
  ];
}

async function list({ db, keys }: InvitationDeps): Promise<OutboxMessage[]> {
  const rows = await db
    .selectFrom("outbox")
    .select(["id", "kind", "channel", "recipient", "state", "tries", "problem", "created_at", "sent_at"])
    .select((eb) => eb("sealed", "is not", null).as("has_text"))
    .orderBy("created_at", "desc")
    .limit(mostMessages)
    .execute();
  return rows.map((row) => ({
    ...{ id: row.id, kind: row.kind, channel: row.channel, state: row.state, tries: row.tries },
    ...{ to: shortened(openTo(keys, row)), problem: plainProblem(row) },
    createdAt: row.created_at.getTime(),
    sentAt: row.sent_at?.getTime() ?? null,
    retriable: row.state === "failed" && row.has_text === true,
  }));
}

/** Enough to recognise a mail server by, or a country; not the person. */
function shortened(to: string): string {
  const at = to.lastIndexOf("@");
  return at < 0 ? `${to.slice(0, 3)}…${to.slice(-2)}` : `${to.slice(0, 1)}…${to.slice(at)}`;
}

async function retry(deps: InvitationDeps, caller: Caller, messageId: string): Promise<void> {
  if (caller.kind !== "account") throw new HttpError("sign_in_required");
  await deps.db.transaction().execute(async (trx) => {
    const again = await trx
      .updateTable("outbox")
      .set({ state: "queued", tries: 0, problem: null, next_try: new Date(nowOf(deps)) })
      .where("id", "=", messageId)
      .where("state", "=", "failed")
      .where("sealed", "is not", null)
      .executeTakeFirst();
    if (again.numUpdatedRows !== 1n) throw new HttpError("not_found");
    const actor = { kind: "account", id: caller.accountId } as const;
    await deps.log.append(trx, { type: "outbox.retried", actor, data: { messageId } });
  });
  deps.outbox.kick();
}
