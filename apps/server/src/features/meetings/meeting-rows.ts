/** Reading meetings, the people they name, and the organisation's rules. */
import type { AccountRole, StoredRules } from "@sekisho/contract";
import { classesWith, initialRules, type BarrierRules, type OrganisationRules } from "@sekisho/domain";
import type { Selectable } from "kysely";
import type { Db } from "../../platform/db/database.ts";
import type { Database } from "../../platform/db/schema.ts";

export type MeetingRow = Selectable<Database["meeting"]>;
export type Relation = Database["meeting_account"]["relation"];

export type OrganisationRow = {
  readonly name: string;
  readonly rules: StoredRules;
  readonly version: number;
  /** Read with the rest in one statement: a change of them is a new version of the organisation (BAR-8). */
  readonly barriers: BarrierRules;
};

export type PersonRow = {
  readonly id: string;
  readonly email: string;
  readonly display_name: string;
  readonly role: AccountRole;
  readonly locale: "ja" | "en";
  readonly personal_link: string;
  readonly personal_number: string;
  readonly disabled_at: Date | null;
};

export type People = ReadonlyMap<string, PersonRow>;

export function meetingById(db: Db, meetingId: string): Promise<MeetingRow | undefined> {
  return db.selectFrom("meeting").selectAll().where("id", "=", meetingId).executeTakeFirst();
}

export async function organisationRow(db: Db): Promise<OrganisationRow> {
  const row = await db
    .selectFrom("organisation")
    .select(["name", "rules", "version"])
    .select((select) => select.selectFrom("barrier_head").select("barrier_head.rules").as("barriers"))
    .executeTakeFirstOrThrow();
  return { ...row, barriers: row.barriers ?? initialRules };
}

export async function peopleByIds(db: Db, ids: readonly string[]): Promise<People> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom("account")
    .select(["id", "email", "display_name", "role", "locale", "disabled_at"])
    .select(["personal_link", "personal_number"])
    .where("id", "in", [...new Set(ids)])
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Host, co-hosts and verifier of some meetings: whose names their views and rules need. */
export function peopleOf(db: Db, meetings: readonly MeetingRow[]): Promise<People> {
  return peopleByIds(
    db,
    meetings.flatMap(({ host_id: host, settings }) => [
      host,
      ...settings.coHosts,
      ...(settings.verifier === null ? [] : [settings.verifier]),
    ]),
  );
}

/** 国内, until an organisation says otherwise. */
export const standardHome = "JP";

/** The view's rules in the domain's terms: what is not locked is not there. */
export function rulesOf({ rules, barriers }: Pick<OrganisationRow, "rules" | "barriers">): OrganisationRules {
  const { passcodeRequired, waitingRoom, joinBeforeHost, muteOnEntry } = rules.locks;
  const { visibility, whoMayJoin, screenShare, chat } = rules.locks;
  return {
    classes: classesWith(rules.classes ?? {}),
    home: rules.home ?? standardHome,
    barriers,
    locks: {
      ...(passcodeRequired === undefined ? {} : { passcodeRequired }),
      ...(waitingRoom === undefined ? {} : { waitingRoom }),
      ...(joinBeforeHost === undefined ? {} : { joinBeforeHost }),
      ...(muteOnEntry === undefined ? {} : { muteOnEntry }),
      ...(visibility === undefined ? {} : { visibility }),
      ...(whoMayJoin === undefined ? {} : { whoMayJoin }),
      ...(screenShare === undefined ? {} : { screenShare }),
      ...(chat === undefined ? {} : { chat }),
    },
  };
}

/** The link's secret part, and the number: a personal meeting's are its host's (MTG-8). */
export function addressOf(
  row: MeetingRow,
  host: PersonRow | undefined,
): { readonly link: string; readonly number: string | null } {
  if (row.settings.meetingNumber === "personal" && host !== undefined)
    return { link: host.personal_link, number: host.personal_number };
  return { link: row.link, number: row.number };
}
