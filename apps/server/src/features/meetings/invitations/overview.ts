/** What became of each invitee's invitation and passcode, for host and co-hosts. */
import type { InvitationOverview, InvitedPerson, SendingProblem } from "@sekisho/contract";
import { channelRefusal, passcodeChannels, type Invitee } from "@sekisho/domain";
import type { FoundForCaller } from "../meeting-guard.ts";
import { nowOf } from "../meetings-deps.ts";
import { contentMac, subjectOf } from "./compose-link.ts";
import { gather, type Gathered } from "./gather.ts";
import type { InvitationDeps } from "./invitation-deps.ts";
import { inviteeMac } from "./invitee-key.ts";
import { messagesOf, passcodeFor, type SentMessage } from "./message-store.ts";

export async function overviewOf(
  deps: InvitationDeps,
  found: FoundForCaller,
  row = found.row,
): Promise<InvitationOverview> {
  const gathered = await gather(deps, deps.db, { found, row });
  const sent = await messagesOf(deps.db, row.id);
  const news = row.cancelled_at === null ? "invitation" : "cancellation";
  const now = nowOf(deps);
  return {
    able: { ...deps.able },
    passcodeNeeded: gathered.passcodeNeeded,
    cancelled: row.cancelled_at !== null,
    subject: { ja: subjectOf(gathered, news, "ja"), en: subjectOf(gathered, news, "en") },
    people: gathered.invitees.map((invitee) => personOf(deps, gathered, { invitee, sent, now })),
  };
}

type About = { readonly invitee: Invitee; readonly sent: readonly SentMessage[]; readonly now: number };

function personOf(deps: InvitationDeps, gathered: Gathered, { invitee, sent, now }: About): InvitedPerson {
  const { row } = gathered;
  const who = inviteeMac(deps.keys, row.id, invitee.email);
  const link = sent.findLast((one) => one.what !== "passcode" && one.inviteeMac.equals(who));
  const passcode = passcodeFor(sent, who, row.passcode_mac);
  const current = contentMac(deps.keys, gathered);
  return {
    ...{ email: invitee.email, name: invitee.name, organisation: invitee.organisation },
    ...{ secondEmail: invitee.secondEmail, phone: invitee.phone, locale: gathered.localeOf(invitee) },
    account: invitee.accountId !== null,
    link:
      link === undefined || link.what === "passcode"
        ? null
        : {
            ...{ what: link.what, state: link.state, problem: plainProblem(link), at: link.at },
            outdated: link.contentMac?.equals(current) !== true,
          },
    passcode:
      passcode === undefined
        ? null
        : {
            channel: passcode.channel,
            state: stateOf(passcode, now),
            problem: plainProblem(passcode),
            at: passcode.at,
          },
    channels: passcodeChannels.map((channel) => ({
      channel,
      refusal: channelRefusal(channel, invitee, deps.able),
    })),
  };
}

/** A page's own life begins once its link has gone out. */
function stateOf(message: SentMessage, now: number): NonNullable<InvitedPerson["passcode"]>["state"] {
  if (message.openedAt !== null) return "opened";
  const over = message.pageUntil !== null && message.pageUntil.getTime() <= now;
  return over && message.state !== "failed" ? "expired" : message.state;
}

/** RFC 5321: an answer 5yz is for good. A code is ours or the libraries'; what is unknown is not told apart. */
const problems: readonly (readonly [RegExp, SendingProblem])[] = [
  [/^eauth|^sms_40[13]$/u, "signInRefused"],
  [/^(?:eenvelope|emessage)_5|^sms_4/u, "recipientRefused"],
  [/^etls|^eprotocol/u, "notSecure"],
  [/^econn|^etimedout|^esocket|^edns|^sms_(?:unreachable|timeout)$/u, "notReachable"],
  [/^too_late$/u, "tooLate"],
  [/^gave_up$/u, "gaveUp"],
  [/^called_off$/u, "calledOff"],
];

export function plainProblem({ problem }: { readonly problem: string | null }): SendingProblem | null {
  if (problem === null) return null;
  return problems.find(([pattern]) => pattern.test(problem))?.[1] ?? "other";
}
