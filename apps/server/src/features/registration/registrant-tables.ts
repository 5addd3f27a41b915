/** Registrants as a table, out and in (INV-5). Out, no cell is run as a formula; in, every line is checked like the form. */
import { routes, type ImportResult } from "@sekisho/contract";
import { nameProblem, placeFor } from "@sekisho/domain";
import { csvOf, parseCsv, type CsvRow } from "../../platform/csv.ts";
import type { LogActor, Trx } from "../../platform/evidence/organisation-log.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { macOfAddress, readAddress } from "../../platform/mail/address.ts";
import { newUuid } from "../../platform/random.ts";
import { ensureForm, openForm, type FoundForm } from "./forms.ts";
import { registrantOf } from "./host-routes.ts";
import { hostOf, type RegistrationDeps } from "./registration-deps.ts";
import { tellRegistrant } from "./registration-mail.ts";
import { linkHash, sealPerson, takenPlaces, type RegistrationPerson } from "./registration-rows.ts";
import { behindLock } from "./seats.ts";
import { turnTaken } from "./submit.ts";

const mostRows = 1000;
const columns = ["name", "organisation", "email"] as const;
type Problem = ImportResult["problems"][number];

export function tableRoutes(deps: RegistrationDeps): readonly BoundRoute[] {
  const { registrationImport, registrationExport } = routes.registration;
  return [
    handle(registrationImport, ({ params, body, caller }) =>
      importTable(deps, { meetingId: params.meetingId, by: hostOf(caller), ...body }),
    ),
    handle(registrationExport, async ({ params, caller, reply }) => {
      const text = await exportTable(deps, params.meetingId, hostOf(caller));
      reply.header("content-type", "text/csv; charset=utf-8; header=present");
      reply.header("content-disposition", 'attachment; filename="registrations.csv"');
      return text;
    }),
  ];
}

async function exportTable(deps: RegistrationDeps, meetingId: string, by: LogActor): Promise<string> {
  const { questions } = (await ensureForm(deps.db, meetingId)).settings;
  const rows = await deps.db
    .selectFrom("registration")
    .selectAll()
    .where("meeting_id", "=", meetingId)
    .where("state", "<>", "unconfirmed")
    .orderBy("entered_at")
    .orderBy("id")
    .execute();
  await deps.db.transaction().execute((trx) =>
    deps.log.append(trx, {
      ...{ type: "registration.exported", actor: by },
      data: { meetingId, registrations: rows.length },
    }),
  );
  const head = [...columns, "state", "registered_at", ...questions.map((one) => one.label)];
  return csvOf([
    head,
    ...rows.map((row) => {
      const person = registrantOf(deps, questions, row);
      const answer = new Map(person.answers.map((one) => [one.label, one.text]));
      return [
        ...[person.name, person.organisation, person.email, person.state],
        new Date(person.registeredAt).toISOString(),
        ...questions.map((one) => answer.get(one.label) ?? ""),
      ];
    }),
  ]);
}

type Import = {
  readonly meetingId: string;
  readonly by: LogActor;
  readonly csv: string;
  readonly locale: "ja" | "en";
};

/** People whom the host names: registered at once, as far as there are places, each told by mail. */
async function importTable(
  deps: RegistrationDeps,
  { meetingId, by, csv, locale }: Import,
): Promise<ImportResult> {
  const { people, problems } = readTable(csv);
  const found = await openForm(deps, await ensureForm(deps.db, meetingId));
  const added = await behindLock(deps, found, async (trx, now) => {
    let taken = await takenPlaces(trx, meetingId);
    const ids: string[] = [];
    for (const { line, person } of people) {
      const outcome = await addOne(deps, trx, now, { person, locale, taken });
      if ("problem" in outcome) problems.push({ line, problem: outcome.problem });
      else {
        ids.push(outcome.id);
        if (outcome.state === "registered") taken += 1;
      }
    }
    await deps.log.append(trx, {
      ...{ type: "registration.imported", actor: by },
      data: { meetingId, registrationIds: ids },
    });
    return ids.length;
  });
  deps.mail.kick();
  return { added, problems: problems.toSorted((a, b) => a.line - b.line).slice(0, 200) };
}

type Line = { readonly line: number; readonly person: RegistrationPerson };

function readTable(csv: string): { readonly people: readonly Line[]; readonly problems: Problem[] } {
  const rows = parseCsv(csv);
  if (rows.length > mostRows) throw new HttpError("body_too_large");
  const [head] = rows;
  const isHead = head !== undefined && columns.every((name, at) => head.cells[at]?.toLowerCase() === name);
  const people: Line[] = [];
  const problems: Problem[] = [];
  for (const row of isHead ? rows.slice(1) : rows) {
    const read = readLine(row);
    if (typeof read === "string") problems.push({ line: row.line, problem: read });
    else people.push({ line: row.line, person: read });
  }
  return { people, problems };
}

function readLine({ cells }: CsvRow): RegistrationPerson | Problem["problem"] {
  const [name = "", organisation = "", typed = ""] = cells;
  if (cells.length < 3) return "columns";
  if (nameProblem(name) !== null || (organisation !== "" && nameProblem(organisation) !== null))
    return "name";
  const email = readAddress(typed)?.mailbox;
  return email === undefined ? "email" : { name: name.normalize("NFC"), organisation, email, answers: [] };
}

async function addOne(
  deps: RegistrationDeps,
  trx: Trx,
  found: FoundForm,
  { person, locale, taken }: { person: RegistrationPerson; locale: "ja" | "en"; taken: number },
) {
  const state = placeFor(found.form.settings, taken);
  if (state === "full") return { problem: "full" } as const;
  const id = newUuid();
  const addressMac = macOfAddress(deps.keys, person.email);
  // What somebody typed and nobody confirmed does not stand in the host's way.
  await trx
    .deleteFrom("registration")
    .where("meeting_id", "=", found.form.meeting_id)
    .where("address_mac", "=", addressMac)
    .where("state", "=", "unconfirmed")
    .execute();
  const row = await trx
    .insertInto("registration")
    .values({
      ...{ id, meeting_id: found.form.meeting_id, address_mac: addressMac, locale, state },
      ...{ source: "import" as const, sealed: sealPerson(deps.keys, id, person) },
      ...{ link_hash: linkHash(deps.keys, id, 1), entered_at: turnTaken },
    })
    .onConflict((conflict) => conflict.columns(["meeting_id", "address_mac"]).doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) return { problem: "known" } as const;
  await tellRegistrant(deps, trx, found, { row, letter: state });
  return { id, state } as const;
}
