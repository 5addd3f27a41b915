/**
 * Registering (INV-5). Whoever asks is told the same in the same time, whether the address is registered, was turned
 * down, or is new: what there is to say is said to the mailbox.
 */
import type { RegistrationInput } from "@sekisho/contract";
import { formStateAt, hasBrackets, nameProblem, wrongAnswers, type RegistrationRules } from "@sekisho/domain";
import { sql } from "kysely";
import type { Trx } from "../../platform/evidence/organisation-log.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { macOfAddress, readAddress, type TypedAddress } from "../../platform/mail/address.ts";
import { newUuid } from "../../platform/random.ts";
import { addDraft } from "./drafts.ts";
import { findForm, type FoundForm } from "./forms.ts";
import { keptDays, type RegistrationDeps } from "./registration-deps.ts";
import type { RegistrationLimits } from "./registration-limits.ts";
import { tellRegistrant } from "./registration-mail.ts";
import {
  linkHash,
  renewedLink,
  sealPerson,
  takenPlaces,
  type RegistrationPerson,
  type RegistrationRow,
} from "./registration-rows.ts";
import type { Letter } from "./registration-words.ts";

const confirmMs = 24 * 3_600_000;
/** No answer comes sooner, so that its time does not tell what was done for it. */
const floorMs = 300;

export type Submission = { readonly formId: string; readonly ip: string; readonly input: RegistrationInput };

export async function submit(
  deps: RegistrationDeps,
  limits: RegistrationLimits,
  submission: Submission,
): Promise<void> {
  const floor = new Promise((resolve) => setTimeout(resolve, floorMs));
  const [result] = await Promise.allSettled([submitNow(deps, limits, submission), floor]);
  if (result.status === "rejected") throw result.reason;
}

async function submitNow(
  deps: RegistrationDeps,
  limits: RegistrationLimits,
  { formId, ip, input }: Submission,
): Promise<void> {
  await limits.takeSubmit(formId, ip);
  const found = await findForm(deps, formId);
  await requireOpen(deps, found);
  const { typed, person } = readInput(input, found.form.settings);
  const mailbox = macOfAddress(deps.keys, typed.mailbox).toString("base64url");
  const mailLeft = await limits.takeMail(mailbox, ip);
  await deps.db.transaction().execute(async (trx) => {
    const { row, letter } = await keep(deps, trx, found, {
      ...{ typed, person, locale: input.locale, mailLeft },
    });
    if (!mailLeft) return;
    const goodUntil = row.confirm_until?.getTime();
    await tellRegistrant(deps, trx, found, {
      ...{ row, letter },
      ...(goodUntil === undefined ? {} : { goodUntil }),
    });
  });
  deps.mail.kick();
}

async function requireOpen(deps: RegistrationDeps, { form }: FoundForm): Promise<void> {
  const state = formStateAt(form.settings, deps.now(), await takenPlaces(deps.db, form.meeting_id));
  if (state === "full") throw new HttpError("registration_full");
  if (state !== "open") throw new HttpError("registration_closed");
}

/** Throws `bad_request` with the fields to look at again. */
export function readInput(input: RegistrationInput, rules: RegistrationRules) {
  const typed = readAddress(input.email);
  const name = input.name.normalize("NFC").trim();
  const organisation = input.organisation.normalize("NFC").trim();
  const wrong = [
    ...(typed === null ? ["email"] : []),
    // It is shown as 氏名（所属） with the badge of a proved address (INV-6).
    ...(nameProblem(name) === null && !hasBrackets(name) ? [] : ["name"]),
    ...(organisation === "" || nameProblem(organisation) === null ? [] : ["organisation"]),
    ...wrongAnswers(rules.questions, input.answers).map((id) => `answers.${id}`),
  ];
  if (typed === null || wrong.length > 0) throw new HttpError("bad_request", { fields: wrong });
  const answers = input.answers.filter((one) => one.text.trim() !== "");
  return { typed, person: { name, organisation, email: typed.mailbox, answers } };
}

type Wanted = {
  readonly typed: TypedAddress;
  readonly person: RegistrationPerson;
  readonly locale: "ja" | "en";
  /** False: nothing goes to this mailbox, and what a link in it leads to stays as it is. */
  readonly mailLeft: boolean;
};
type Kept = { readonly row: RegistrationRow; readonly letter: Letter };

/**
 * One for each mailbox, whatever tag it was typed with (ADM-8). A registration that was confirmed is nobody's to
 * overwrite who has not its link; what is typed again before that has a link of its own beside the others, so that no link
 * that was mailed comes to confirm somebody else's words, and none becomes worthless by somebody else's asking.
 */
async function keep(
  deps: RegistrationDeps,
  trx: Trx,
  { form }: FoundForm,
  { typed, person, locale, mailLeft }: Wanted,
): Promise<Kept> {
  const id = newUuid();
  const addressMac = macOfAddress(deps.keys, typed.mailbox);
  const confirmUntil = new Date(deps.now() + confirmMs);
  const made = await trx
    .insertInto("registration")
    .values({
      ...{ id, meeting_id: form.meeting_id, address_mac: addressMac, locale },
      sealed: sealPerson(deps.keys, id, person),
      ...({ state: "unconfirmed", source: "form" } as const),
      ...{ link_hash: linkHash(deps.keys, id, 1), confirm_until: confirmUntil },
    })
    .onConflict((conflict) => conflict.columns(["meeting_id", "address_mac"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (made !== undefined) return { row: made, letter: "confirm" };
  const before = await trx
    .selectFrom("registration")
    .selectAll()
    .where("meeting_id", "=", form.meeting_id)
    .where("address_mac", "=", addressMac)
    .forUpdate()
    .executeTakeFirstOrThrow();
  const letter = letters[before.state];
  if (letter !== "confirm" || !mailLeft) return { row: before, letter };
  if (before.state === "unconfirmed") {
    const row = await addDraft(deps, trx, before, { person, locale, confirmUntil });
    return { row, letter };
  }
  const row = await trx
    .updateTable("registration")
    .set({
      ...{ state: "unconfirmed", locale, confirm_until: confirmUntil },
      sealed: sealPerson(deps.keys, before.id, person),
      ...renewedLink(deps.keys, before),
    })
    .where("id", "=", before.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return { row, letter };
}

const letters = {
  unconfirmed: "confirm",
  cancelled: "confirm",
  pending: "received",
  registered: "registered",
  waitlisted: "waitlisted",
  declined: "declined",
} as const;

/** What nobody confirmed, and what has served its purpose. */
export async function forgetRegistrations({
  db,
  log,
  now,
}: Pick<RegistrationDeps, "db" | "log" | "now">): Promise<void> {
  const at = new Date(now());
  const until = new Date(now() - keptDays * 24 * 3_600_000);
  await db.deleteFrom("registration_draft").where("confirm_until", "<", at).execute();
  await db
    .deleteFrom("registration")
    .where("state", "=", "unconfirmed")
    .where("confirm_until", "<", at)
    // A later link for the same mailbox may be good still.
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom("registration_draft")
            .select("link_hash")
            .whereRef("registration_id", "=", "registration.id"),
        ),
      ),
    )
    .execute();
  await db.transaction().execute(async (trx) => {
    const gone = await trx
      .deleteFrom("registration")
      .where("meeting_id", "in", (eb) =>
        eb
          .selectFrom("meeting")
          .select("id")
          .where((where) => where.or([where("last_end", "<", until), where("cancelled_at", "<", until)])),
      )
      .returning("meeting_id")
      .execute();
    if (gone.length === 0) return;
    const meetings = [...new Set(gone.map((row) => row.meeting_id))];
    await log.append(trx, {
      ...{ type: "registration.erased", actor: { kind: "server" } },
      data: { meetings, registrations: gone.length },
    });
  });
}

/** The moment at which somebody's turn was taken: in the order of commits of the form's lock. */
export const turnTaken = sql<Date>`clock_timestamp()`;
