/** People and meetings to try things with; for development only, and only into an empty database. */
import { Temporal } from "temporal-polyfill";
import type { MeetingInput } from "@sekisho/contract";
import { insertAccount } from "../features/accounts/accounts-deps.ts";
import { hashPassword } from "../features/accounts/passwords.ts";
import { foundOrganisation } from "../features/accounts/setup.ts";
import { passcodeColumns } from "../features/meetings/passcode.ts";
import { checkSchedule } from "../features/meetings/schedule.ts";
import { settingsOfInput } from "../features/meetings/settings-of-input.ts";
import { organisationRow } from "../features/meetings/meeting-rows.ts";
import { insertMeeting, logMeeting } from "../features/meetings/write-meeting.ts";
import type { Config } from "../config/config.ts";
import { openDatabase } from "../platform/db/database.ts";
import {
  createOrganisationLog,
  type OrganisationLog,
  type Trx,
} from "../platform/evidence/organisation-log.ts";
import { createKeys, type Keys } from "../platform/keys/keys.ts";
import { readMasterKey } from "../platform/keys/master-key.ts";
import { newPasscode, newUuid } from "../platform/random.ts";
import { safeDefaults } from "@sekisho/domain";

const password = "kaigi-no-sekisho-2026";
const zone = "Asia/Tokyo";

export type SeedParts = {
  readonly config: Pick<Config, "keysDir">;
  readonly database: { readonly connectionString: string };
};

/** What to print: who can sign in, and how. Leaves a database alone that has an organisation. */
export async function seed(parts: SeedParts): Promise<string | undefined> {
  const handle = openDatabase(parts.database.connectionString, () => undefined, 2);
  const keys = createKeys(readMasterKey(parts.config.keysDir));
  const log = createOrganisationLog({ db: handle.db, keys });
  try {
    const there = await handle.db.selectFrom("organisation").select("name").executeTakeFirst();
    if (there !== undefined) return undefined;
    const passwordHash = await hashPassword(password);
    await handle.db.transaction().execute((trx) => plant({ trx, log, keys, passwordHash }));
    return `rina@midorino.example / maho@midorino.example : ${password}`;
  } finally {
    await handle.close();
  }
}

type Soil = {
  readonly trx: Trx;
  readonly log: OrganisationLog;
  readonly keys: Keys;
  readonly passwordHash: string;
};

async function plant(soil: Soil): Promise<void> {
  const { trx, log, passwordHash } = soil;
  await trx.deleteFrom("setup_link").execute();
  const rina = {
    email: "rina@midorino.example",
    displayName: "佐久間 里奈",
    role: "owner",
    locale: "ja",
    passwordHash,
  } as const;
  const maho = {
    email: "maho@midorino.example",
    displayName: "桐生 真帆",
    role: "member",
    locale: "ja",
    passwordHash,
  } as const;
  const founding = {
    organisationName: "みどり野銀行",
    organisationAddress: "東京都みどり野市中央 1-2-3",
    by: { kind: "operator" },
  } as const;
  const host = await foundOrganisation({ log }, trx, founding, rina);
  const colleague = await insertAccount(trx, maho);
  const guest = { name: "大庭 俊", organisation: "大庭設計", email: "oba@example.com" };
  await schedule(soil, host, { topic: "住宅ローンのご相談", hours: 1, verifier: host, invitees: [guest] });
  await schedule(soil, host, {
    topic: "窓口の朝礼",
    hours: 20,
    recurrence: "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR",
    coHosts: [colleague],
    invitees: [{ name: "桐生 真帆", organisation: "", email: maho.email }],
  });
  await schedule(soil, colleague, { topic: "資産運用の講習会", hours: 48, confidentiality: "low" });
}

type Wish = Partial<MeetingInput> & { readonly topic: string; readonly hours: number };

async function schedule({ trx, log, keys }: Soil, hostId: string, { hours, ...wish }: Wish): Promise<void> {
  const start = Temporal.Now.zonedDateTimeISO(zone).add({ hours }).with({ minute: 0 });
  const input: MeetingInput = {
    ...safeDefaults,
    description: "",
    confidentiality: "medium",
    transportRiskAccepted: true,
    start: start.toPlainDateTime().toString({ smallestUnit: "minute" }),
    timeZone: zone,
    durationMinutes: 60,
    recurrence: null,
    allowedDomains: [],
    invitees: [],
    coHosts: [],
    verifier: null,
    ...wish,
  };
  const checked = checkSchedule(input, Date.now());
  if (checked.row === null) throw new Error("the seeds' times are not valid");
  const id = newUuid();
  const settings = await settingsOfInput(trx, input, { hostId, isApart: () => false });
  const passcode = passcodeColumns(keys, id, newPasscode());
  const organisation = await organisationRow(trx);
  const row = await insertMeeting(trx, {
    ...{ id, hostId, settings, passcode, organisation },
    schedule: checked.row,
  });
  await logMeeting(log, trx, row, { type: "meeting.scheduled", by: { kind: "account", id: hostId } });
}
