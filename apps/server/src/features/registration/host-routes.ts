/** What hosts and co-hosts see of registration, and decide (INV-5). */
import { routes, type RegistrationManager } from "@sekisho/contract";
import type { RegistrationQuestion } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { readDomain } from "../../platform/mail/address.ts";
import { decide } from "./decide-registrations.ts";
import { ensureForm, openForm } from "./forms.ts";
import { hostOf, keptDays, type RegistrationDeps } from "./registration-deps.ts";
import type { RegistrationLimits } from "./registration-limits.ts";
import { countsOf, openPerson, type FormRow, type RegistrationRow } from "./registration-rows.ts";
import { behindLock, moveUp } from "./seats.ts";

const page = 50;

export function hostRoutes(deps: RegistrationDeps, limits: RegistrationLimits): readonly BoundRoute[] {
  const { registrationRead, registrationWrite, registrationList, registrationDecide } = routes.registration;
  return [
    handle(registrationRead, async ({ params }) =>
      managerOf(deps, await ensureForm(deps.db, params.meetingId)),
    ),
    handle(registrationWrite, async ({ params, body, caller }) => {
      const by = hostOf(caller);
      const settings = { ...body.settings, domains: domainsOf(body.settings.domains) };
      requireGoodQuestions(settings.questions);
      requireOrder(settings);
      const found = await openForm(deps, await ensureForm(deps.db, params.meetingId));
      const form = await behindLock(deps, found, async (trx, { form: before }) => {
        if (before.version !== body.version) throw new HttpError("settings_changed");
        const next = await trx
          .updateTable("registration_form")
          .set({ settings: JSON.stringify(settings), version: before.version + 1 })
          .where("meeting_id", "=", params.meetingId)
          .returningAll()
          .executeTakeFirstOrThrow();
        const moved = await moveUp(deps, trx, { ...found, form: next });
        await deps.log.append(trx, {
          ...{ type: "registration.formChanged", actor: by },
          data: { meetingId: params.meetingId, version: next.version, settings, moved },
        });
        return next;
      });
      deps.mail.kick();
      return managerOf(deps, form);
    }),
    handle(registrationList, async ({ params, query }) => {
      const form = await ensureForm(deps.db, params.meetingId);
      const rows = await someOf(deps.db, params.meetingId, query);
      return {
        registrants: rows.slice(0, page).map((row) => registrantOf(deps, form.settings.questions, row)),
        next: rows.length > page ? (rows[page - 1]?.id ?? null) : null,
      };
    }),
    handle(registrationDecide, ({ params, body, caller }) =>
      decide(deps, limits, { meetingId: params.meetingId, by: hostOf(caller), ...body }),
    ),
  ];
}

async function managerOf(deps: RegistrationDeps, form: FormRow): Promise<RegistrationManager> {
  const meeting = await deps.meetingAbout(form.meeting_id);
  if (meeting === null) throw new HttpError("not_found");
  const { settings } = form;
  return {
    on: meeting.on && !meeting.cancelled,
    url: `${deps.origin()}/r/${form.id}`,
    settings: {
      ...settings,
      domains: [...settings.domains],
      questions: settings.questions.map((one) => ({ ...one, options: [...one.options] })),
    },
    version: form.version,
    counts: await countsOf(deps.db, form.meeting_id),
    keptDays,
    passcodeNeeded: meeting.passcodeNeeded,
  };
}

/** In the form in which proved addresses have them. Throws `bad_request` where one is no domain. */
function domainsOf(typed: readonly string[]): string[] {
  const read = typed.map(readDomain);
  const domains = read.filter((one) => one !== null);
  if (domains.length < read.length) throw new HttpError("bad_request", { fields: ["settings.domains"] });
  return [...new Set(domains)];
}

function requireGoodQuestions(questions: readonly RegistrationQuestion[]): void {
  const twice = new Set(questions.map((one) => one.id)).size < questions.length;
  const bare = questions.some(
    (one) =>
      one.kind === "choice" && (one.options.length < 2 || new Set(one.options).size < one.options.length),
  );
  if (twice || bare) throw new HttpError("bad_request", { fields: ["settings.questions"] });
}

function requireOrder({ opensAt, closesAt }: { opensAt: number | null; closesAt: number | null }): void {
  if (opensAt !== null && closesAt !== null && closesAt <= opensAt)
    throw new HttpError("bad_request", { fields: ["settings.closesAt"] });
}

function someOf(
  db: Db,
  meetingId: string,
  {
    state,
    after,
  }: { readonly state?: RegistrationRow["state"] | undefined; readonly after?: string | undefined },
): Promise<RegistrationRow[]> {
  let query = db.selectFrom("registration").selectAll().where("meeting_id", "=", meetingId);
  query = state === undefined ? query.where("state", "<>", "unconfirmed") : query.where("state", "=", state);
  if (after !== undefined)
    query = query.where((eb) =>
      eb(
        eb.refTuple("entered_at", "id"),
        ">",
        eb
          .selectFrom("registration as a")
          .select(["a.entered_at", "a.id"])
          .where("a.id", "=", after)
          .$asTuple("entered_at", "id"),
      ),
    );
  return query
    .orderBy("entered_at")
    .orderBy("id")
    .limit(page + 1)
    .execute();
}

export function registrantOf(
  deps: Pick<RegistrationDeps, "keys">,
  questions: readonly RegistrationQuestion[],
  row: RegistrationRow,
) {
  const { name, organisation, email, answers } = openPerson(deps.keys, row);
  const text = new Map(answers.map((one) => [one.id, one.text]));
  return {
    ...{ id: row.id, state: row.state, name, organisation, email },
    ...{ locale: row.locale, source: row.source, registeredAt: row.entered_at.getTime() },
    // A question that was taken away since takes its answers along.
    answers: questions.flatMap(({ id, label }) => {
      const given = text.get(id);
      return given === undefined ? [] : [{ label, text: given }];
    }),
    opened: row.first_guest !== null,
  };
}
