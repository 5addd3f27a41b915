/**
 * The page that gives a passcode out once (INV-1): for its own address, which went to the first mailbox, and a code, which
 * went elsewhere. Whoever asks is told the same in the same time, whether there is such a page, it is used up, too old,
 * of a passcode that was changed, or has sent too many codes. Nothing is used up by reading the page: programs that open
 * every link of a mail do not press its button.
 */
import { randomBytes, randomInt } from "node:crypto";
import type { Trx } from "../../../platform/evidence/organisation-log.ts";
import { addressKey } from "../../../platform/http/client-address.ts";
import { notSooner } from "../../../platform/http/floor.ts";
import { HttpError } from "../../../platform/http/http-error.ts";
import { equalBytes } from "../../../platform/keys/keys.ts";
import { digitsOf } from "../../../platform/mail/typed-code.ts";
import { hashToken } from "../../../platform/random.ts";
import { effectivePolicy } from "@sekisho/domain";
import { organisationRow, rulesOf, type MeetingRow } from "../meeting-rows.ts";
import { nowOf } from "../meetings-deps.ts";
import { openPasscode } from "../passcode.ts";
import { codeMessage } from "./compose-passcode.ts";
import type { InvitationDeps } from "./invitation-deps.ts";

export type PageAsker = { readonly token: string; readonly guestId: string; readonly ip: string };

const goodForMs = 10 * 60_000;
const mostTries = 5;
const mostCodes = 5;
/** No answer comes sooner, so that its time does not tell what was done for it. */
const floorMs = 300;

const tenMinutes = 600;
const askByGuest = { max: 8, windowSeconds: tenMinutes };
const askByNetwork = { max: 40, windowSeconds: tenMinutes };
const tryByGuest = { max: 20, windowSeconds: tenMinutes };
const tryByNetwork = { max: 120, windowSeconds: tenMinutes };

export type PasscodePages = {
  /** Throws `too_many_tries`, which depends on who asks alone. */
  ask(asker: PageAsker): Promise<void>;
  /** Throws `code_not_accepted`, `too_many_tries`. */
  open(asker: PageAsker, typed: string): Promise<string>;
};

export function createPasscodePages(deps: InvitationDeps): PasscodePages {
  return {
    ask: (asker) => notSooner(floorMs, () => ask(deps, asker)),
    open: (asker, typed) => notSooner(floorMs, () => open(deps, asker, typed)),
  };
}

async function ask(deps: InvitationDeps, { token, guestId, ip }: PageAsker): Promise<void> {
  await deps.limits.take(`pageAsk:who:${guestId}`, askByGuest);
  await deps.limits.take(`pageAsk:ip:${addressKey(ip)}`, askByNetwork);
  const hash = hashToken(token);
  const code = String(randomInt(1_000_000)).padStart(6, "0");
  const codeMac = macOfCode(deps, { hash, guestId, code });
  const now = nowOf(deps);
  const { name } = await organisationRow(deps.db);
  await deps.db.transaction().execute(async (trx) => {
    const page = await openPage(deps, trx, hash);
    const until = now + goodForMs;
    const updated = await trx
      .updateTable("passcode_page")
      .set((eb) => ({
        ...{ code_mac: codeMac, code_tries: 0, code_until: new Date(until) },
        codes_sent: eb("codes_sent", "+", 1),
      }))
      .where("token_hash", "=", page === null ? randomBytes(32) : hash)
      .where("codes_sent", "<", mostCodes)
      .returning(["proof", "sealed_target", "locale"])
      .executeTakeFirst();
    if (updated === undefined) return;
    const to = deps.keys.open("passcode-page", updated.sealed_target, hash.toString("hex")).toString("utf8");
    const channel = updated.proof === "sms" ? "sms" : "mail";
    const way = { channel, to, locale: updated.locale } as const;
    await deps.outbox.put(trx, codeMessage(way, { code, organisation: name, goodUntil: until }));
  });
  deps.outbox.kick();
}

async function open(deps: InvitationDeps, { token, guestId, ip }: PageAsker, typed: string): Promise<string> {
  await deps.limits.take(`pageTry:who:${guestId}`, tryByGuest);
  await deps.limits.take(`pageTry:ip:${addressKey(ip)}`, tryByNetwork);
  const hash = hashToken(token);
  const given = macOfCode(deps, { hash, guestId, code: digitsOf(typed) });
  // Counted before it is compared, in one statement: a hundred tries at once are still five.
  const row = await deps.db
    .updateTable("passcode_page")
    .set((eb) => ({ code_tries: eb("code_tries", "+", 1) }))
    .where("token_hash", "=", hash)
    .where("opened_at", "is", null)
    .where("code_until", ">", new Date(nowOf(deps)))
    .where("code_tries", "<", mostTries)
    .returning("code_mac")
    .executeTakeFirst();
  if (row?.code_mac === undefined || row.code_mac === null || !equalBytes(given, row.code_mac))
    throw new HttpError("code_not_accepted");
  return deps.db.transaction().execute(async (trx) => {
    const page = await openPage(deps, trx, hash);
    if (page === null) throw new HttpError("code_not_accepted");
    // Whoever sets it has opened the page; nobody else has.
    const used = await trx
      .updateTable("passcode_page")
      .set({ opened_at: new Date(nowOf(deps)), code_mac: null })
      .where("token_hash", "=", hash)
      .where("opened_at", "is", null)
      .where("code_mac", "=", given)
      .executeTakeFirst();
    if (used.numUpdatedRows !== 1n) throw new HttpError("code_not_accepted");
    await deps.log.append(trx, {
      type: "passcode.collected",
      actor: { kind: "nobody" },
      data: { meetingId: page.meeting.id, messageId: page.messageId },
    });
    return openPasscode(deps.keys, page.meeting.id, page.sealed);
  });
}

type OpenPage = { readonly meeting: MeetingRow; readonly messageId: string; readonly sealed: Buffer };

/** Null: unknown, opened, too old, or of a passcode that is not the meeting's any more. The meeting is locked. */
async function openPage(deps: InvitationDeps, trx: Trx, hash: Buffer): Promise<OpenPage | null> {
  const page = await trx
    .selectFrom("passcode_page")
    .select(["meeting_id", "message_id", "passcode_mac", "proof"])
    .where("token_hash", "=", hash)
    .where("opened_at", "is", null)
    .where("expires_at", ">", new Date(nowOf(deps)))
    .executeTakeFirst();
  const meeting = await trx
    .selectFrom("meeting")
    .selectAll()
    .where("id", "=", page?.meeting_id ?? "00000000-0000-0000-0000-000000000000")
    .where("cancelled_at", "is", null)
    .forShare()
    .executeTakeFirst();
  const organisation = await organisationRow(trx);
  if (page === undefined || meeting === undefined || !deps.able[page.proof === "sms" ? "sms" : "mail"])
    return null;
  const needed = effectivePolicy(meeting.settings, rulesOf(organisation)).values.passcodeRequired;
  const { passcode_sealed: sealed, passcode_mac: mac } = meeting;
  if (!needed || sealed === null || mac === null || !equalBytes(mac, page.passcode_mac)) return null;
  return { meeting, messageId: page.message_id, sealed };
}

function macOfCode(
  { keys }: InvitationDeps,
  { hash, guestId, code }: { readonly hash: Buffer; readonly guestId: string; readonly code: string },
): Buffer {
  return keys.mac("passcode-page-code", `${hash.toString("hex")}\n${guestId}\n${code}`);
}
