/** A small organisation that schedules meetings: accounts, rules and meetings on a real database, for server tests. */
import { at } from "./answers.ts";
import type { MeetingNews } from "../../../apps/server/src/features/meetings/meetings-deps.ts";
import type { MeetingInput } from "@sekisho/contract";
import { Temporal } from "temporal-polyfill";
import { createAccountsFeature } from "../../../apps/server/src/features/accounts/accounts-feature.ts";
import {
  createMeetingsFeature,
  type MeetingsFeature,
} from "../../../apps/server/src/features/meetings/meetings-feature.ts";
import {
  createInvitationsFeature,
  type InvitationsFeature,
} from "../../../apps/server/src/features/meetings/invitations/invitations-feature.ts";
import { createSessions } from "../../../apps/server/src/platform/http/sessions.ts";
import { createOutbox, type Outbox } from "../../../apps/server/src/platform/mail/outbox.ts";
import { openSealed } from "../../../apps/server/src/platform/mail/sealed-message.ts";
import type { Transport } from "../../../apps/server/src/platform/mail/transport.ts";
import type { BoundRoute } from "../../../apps/server/src/platform/http/binder.ts";
import { defaultRules } from "../../../apps/server/src/features/accounts/default-rules.ts";
import { rulesOf } from "../../../apps/server/src/features/meetings/meeting-rows.ts";
import { createOwnSettingsFeature } from "../../../apps/server/src/features/own-settings/own-settings-feature.ts";
import { createOrganisationFeature } from "../../../apps/server/src/features/organisation/organisation-feature.ts";
import {
  featureApp,
  featureBase,
  noMail,
  noNews,
  noProviders,
  nothingToTry,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "./feature-app.ts";
import { barrierParts, type BarrierParts } from "./barriers-world.ts";
import { requireOneSecret } from "./one-secret.ts";
import type { TestPostgres } from "./postgres.ts";

export { at as value } from "./answers.ts";

const password = "correct horse 電池";

export type SchedulingWorld = AsyncDisposable & {
  readonly base: FeatureBase;
  readonly meetings: MeetingsFeature;
  readonly invitations: InvitationsFeature;
  readonly outbox: Outbox;
  readonly barriers: BarrierParts;
  /** Ids of meetings that were changed, in order. */
  readonly changed: string[];
  /** What was noted in instances. */
  readonly notes: string[];
  /** Owner of the organisation and host. */
  readonly host: TestBrowserClient;
  readonly colleague: TestBrowserClient;
  readonly colleagueId: string;
  /** An account that no meeting names. */
  readonly stranger: TestBrowserClient;
  /** Not signed in. */
  newBrowser(ip?: string): TestBrowserClient;
  create(wish?: Partial<MeetingInput>, passcode?: string | null): Promise<Answer>;
};

/** How messages leave this world; nothing set: they stay in the outbox. */
export type Ways = {
  readonly mail?: Transport | null;
  readonly sms?: Transport | null;
  readonly now?: () => number;
  /** Beside what scheduling itself mails when a meeting is cancelled. */
  readonly cancelled?: MeetingNews["cancelled"];
  /** Routes of another feature beside those of scheduling. */
  readonly further?: (base: FeatureBase) => readonly BoundRoute[];
};

export async function schedulingWorld(postgres: TestPostgres, ways: Ways = {}): Promise<SchedulingWorld> {
  const base = await featureBase(postgres);
  const { app, accounts, meetings, barriers, changed, notes, invitations, outbox } = openFeatures(base, ways);
  const host = new TestBrowserClient(app);
  await host.send("POST", `/api/setup/${await accounts.ensureSetupLink()}`, {
    organisationName: "みどり野銀行",
    organisationAddress: "",
    email: "rina@example.jp",
    displayName: "佐久間 里奈",
    password,
    locale: "ja",
  });
  const join = (email: string, displayName: string) =>
    joinBy(host, new TestBrowserClient(app), { email, displayName });
  const colleague = await join("maho@example.jp", "桐生 真帆");
  return {
    base,
    ...{ meetings, invitations, outbox, barriers },
    changed,
    notes,
    host,
    colleague,
    colleagueId: text(await colleague.send("GET", "/api/me"), "id"),
    stranger: await join("nobody@example.jp", "外山 恵"),
    newBrowser: (ip) => new TestBrowserClient(app, ip),
    create: (wish = {}, passcode = null) =>
      host.send("POST", "/api/meetings", { meeting: meetingInput(wish), passcode }),
    async [Symbol.asyncDispose]() {
      await outbox.stop();
      await requireOneSecretEach(base);
      await app.close();
      await base[Symbol.asyncDispose]();
    },
  };
}

/** INV-1, of what never went out. */
async function requireOneSecretEach({ handle, keys }: FeatureBase): Promise<void> {
  const rows = await handle.db
    .selectFrom("outbox")
    .select(["id", "sealed"])
    .where("sealed", "is not", null)
    .execute();
  for (const { id, sealed } of rows) {
    if (sealed === null) continue;
    const { subject, text: body, calendar } = openSealed(keys, id, sealed);
    requireOneSecret([subject, body, calendar?.content].join("\n"), "in the outbox");
  }
}

type Noting = { readonly apart: BarrierParts["apart"]; readonly notes: string[] };

function openInvitations(base: FeatureBase, ways: Ways, { apart, notes }: Noting) {
  const { db } = base.handle;
  const { mail = null, sms = null, now = Date.now } = ways;
  const outbox = createOutbox({
    ...{ db, sms, now, keys: base.keys, transport: mail },
    fromName: async () => "みどり野銀行",
    onFailure: (error) => {
      throw error;
    },
  });
  const invitations = createInvitationsFeature({
    ...base,
    ...{ db, apart, outbox, now },
    sessions: createSessions(db, testSessionLimits, base.keys),
    able: { mail: mail !== null, sms: sms !== null },
    abilities: { e2ee: false, mail: true, country: null },
    origin: () => testOrigin,
    onMeetingChanged: () => undefined,
    noteInInstance: async (id, event) => notes.push(`${id} ${event.type}`),
  });
  return { outbox, invitations };
}

type Senders = Pick<ReturnType<typeof openInvitations>, "invitations" | "outbox">;

function newsBy(ways: Ways, { invitations, outbox }: Senders): MeetingNews {
  return {
    uninvited: (trx, change) => invitations.uninvite(trx, change),
    cancelled: ways.cancelled ?? noNews.cancelled,
    kick: () => outbox.kick(),
  };
}

function openFeatures(base: FeatureBase, ways: Ways) {
  const [changed, notes]: [string[], string[]] = [[], []];
  const { db } = base.handle;
  const barriers = barrierParts(base);
  const { apart } = barriers;
  const accounts = createAccountsFeature({
    ...base,
    ...{ db, apart },
    sessionLimits: testSessionLimits,
    ...{ origin: () => testOrigin, facts: async () => [], mail: noMail, sendsMail: false },
    origins: () => [testOrigin],
    now: Date.now,
    ...noProviders,
    onSessionsEnded: () => undefined,
  });
  const organisation = createOrganisationFeature({
    ...{ db, apart, log: base.log },
    abilities: { e2ee: false, mail: true },
    onRulesChanged: () => undefined,
  });
  const ownSettings = createOwnSettingsFeature({
    ...{ db, apart, rulesOf },
    log: base.log,
    standard: defaultRules,
    region: null,
  });
  const { outbox, invitations } = openInvitations(base, ways, { apart, notes });
  const meetings = createMeetingsFeature({
    ...base,
    ...{ db, apart },
    origin: () => testOrigin,
    abilities: { e2ee: false, mail: true, country: null },
    preflight: nothingToTry,
    onMeetingChanged: (id) => changed.push(id),
    news: newsBy(ways, { invitations, outbox }),
    noteInInstance: async (id, event) => notes.push(`${id} ${event.type}`),
  });
  const app = featureApp(base, {
    routes: [
      ...[accounts, organisation, ownSettings, meetings, invitations, barriers].flatMap(
        ({ routes }) => routes,
      ),
      ...(ways.further?.(base) ?? []),
    ],
    meetingGuard: (access, caller, _request, params) =>
      meetings.guard(access, caller, String(Reflect.get(Object(params), "meetingId"))),
  });
  return { app, accounts, meetings, barriers, changed, notes, invitations, outbox };
}

async function joinBy(
  host: TestBrowserClient,
  browser: TestBrowserClient,
  person: { readonly email: string; readonly displayName: string },
): Promise<TestBrowserClient> {
  const invited = await host.send("POST", "/api/accounts/invitations", { ...person, role: "member" });
  const token = text(invited, "url").split("/").at(-1);
  await browser.send("POST", `/api/invitations/${token}`, {
    displayName: person.displayName,
    password,
    locale: "ja",
  });
  return browser;
}

export function text(answer: Answer, ...path: readonly string[]): string {
  return String(at(answer, ...path));
}

/** So many hours from now, as local time in Tokyo. */
export function localIn(hours: number): string {
  return Temporal.Now.zonedDateTimeISO("Asia/Tokyo")
    .add({ hours })
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

/** The form with its safe defaults, starting in two hours. */
export function meetingInput(wish: Partial<MeetingInput> = {}): MeetingInput {
  return {
    topic: "住宅ローンのご相談",
    description: "資料をご用意ください",
    confidentiality: "medium",
    encryption: "transport",
    transportRiskAccepted: true,
    visibility: "private",
    start: localIn(2),
    timeZone: "Asia/Tokyo",
    durationMinutes: 60,
    recurrence: null,
    meetingNumber: "automatic",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    whoMayJoin: "anyoneWithLink",
    allowedDomains: [],
    hostVideo: false,
    participantVideo: false,
    audio: "computer",
    screenShare: "nobody",
    chat: "everyone",
    rename: "nobody",
    unmute: "everyone",
    invitees: [],
    coHosts: [],
    verifier: null,
    agreement: false,
    guestProof: "none",
    nameRule: "free",
    registration: "none",
    ...wish,
  };
}

export function lowInput(wish: Partial<MeetingInput> = {}): Partial<MeetingInput> {
  return { confidentiality: "low", ...wish };
}

export const outsider = { name: "大庭 俊", organisation: "大庭設計", email: "oba@example.com" };
