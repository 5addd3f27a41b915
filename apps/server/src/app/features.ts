/** The features, and what each is handed of the others: none imports another. */
import { apartIn, id, type Apart, type Principal } from "@sekisho/domain";
import type { Config } from "../config/config.ts";
import type { BarrierSync } from "../features/barriers/barrier-sync.ts";
import { createBarriersFeature } from "../features/barriers/barriers-feature.ts";
import { applySignInGroups } from "../features/barriers/sign-in-groups.ts";
import { defaultRules } from "../features/accounts/default-rules.ts";
import { createAccountsFeature } from "../features/accounts/accounts-feature.ts";
import { anchorInstanceHeads } from "../features/evidence/anchors.ts";
import { createAuditFeature } from "../features/evidence/audit-feature.ts";
import { createReportFeature } from "../features/evidence/report-feature.ts";
import { createFactSheetFeature } from "../features/fact-sheet/fact-sheet-feature.ts";
import { createFactSheets } from "../features/fact-sheet/fact-sheets.ts";
import { createHealthFeature } from "../features/health/health-feature.ts";
import { readEvents, unwrapInstanceKey } from "../features/live/event-store.ts";
import { readBarrierVersion } from "../features/live/barrier-version.ts";
import { createLiveFeature, type LiveFeature } from "../features/live/index.ts";
import {
  createInvitationsFeature,
  type InvitationsFeature,
} from "../features/meetings/invitations/invitations-feature.ts";
import { createMeetingsFeature, type MeetingsFeature } from "../features/meetings/meetings-feature.ts";
import { rulesOf } from "../features/meetings/meeting-rows.ts";
import { createOrganisationFeature } from "../features/organisation/organisation-feature.ts";
import { createOwnSettingsFeature } from "../features/own-settings/own-settings-feature.ts";
import { readDemands } from "../features/accounts/second-factor/factors.ts";
import { forgetOldLinks } from "../features/accounts/recovery/recovery-links.ts";
import type { RegistrationFeature } from "../features/registration/registration-feature.ts";
import { forgetOldTokens } from "../features/v2-api/api-tokens.ts";
import { forgetOldWindows } from "../platform/http/rate-limits.ts";
import type { PostureFeature } from "../features/posture/posture-feature.ts";
import type { WebhookParser } from "../sfu/webhook.ts";
import { testFacts } from "./facts.ts";
import type { Foundation } from "./foundation.ts";
import { iceServersFor } from "./ice-servers.ts";
import { createMeetingDirectory } from "./meeting-directory.ts";
import { openApi } from "./open-api-surface.ts";
import { openBarriers } from "./open-barriers.ts";
import { openScim } from "./open-scim.ts";
import { openPosture } from "./open-posture.ts";
import { newsOf } from "./meeting-news.ts";
import { createPreflight } from "./preflight.ts";
import { openRegistration } from "./registration.ts";
import { openOutsiders, type Outsiders } from "./outsiders.ts";

/** Passcodes that were wrong (ADM-6): for one person, one address, and one meeting's unproved people together. */
const passcodeLimits = {
  person: { max: 10, windowSeconds: 600 },
  address: { max: 120, windowSeconds: 600 },
  meeting: { max: 300, windowSeconds: 600 },
};

export type Features = Awaited<ReturnType<typeof createFeatures>>;

export type FeatureParts = {
  readonly webhook: WebhookParser;
  /** Which page this process hands out; null: none. */
  readonly page: string | null;
};

export async function createFeatures(base: Foundation, { webhook, page }: FeatureParts) {
  const { db, keys, organisationLog: log, origin, sfu } = base;
  const quietly = (work: Promise<unknown>) => {
    work.catch((error: unknown) =>
      base.log.warn({ error }, "a change has not reached the meetings in progress"),
    );
  };
  const barriers = openBarriers(base, () => live);
  const apart = () => apartNow(base, barriers);
  const meetings: MeetingsFeature = createMeetingsFeature({
    ...{ db, keys, log, origin, apart },
    limits: base.limits,
    abilities: abilitiesOf(base.config),
    preflight: createPreflight(base, () => ({ live, invitations, registration })),
    onMeetingChanged: (meetingId) => quietly(live.settingsChanged([meetingId])),
    news: newsOf(base, () => ({ invitations, registration, outbox: outsiders.outbox })),
    noteInInstance: (meetingId, event) => live.note(meetingId, event),
  });
  const { outsiders, registration } = openOutside(base, barriers, () => live, quietly);
  const invitations = openInvitations(base, { outsiders, apart, note: (...what) => live.note(...what) });
  const posture = openPosture(base, apart, abilitiesOf(base.config).e2ee);
  const needs = { meetings, barriers, outsiders, registration, posture, invitations };
  const live: LiveFeature = await openLive(base, needs, webhook);
  await barriers.start();
  const accounts = openAccounts(base, { apart, outsiders, barriers, live: () => live, quietly });
  const { organisation, ownSettings } = openRules(base, apart, () => quietly(live.settingsChanged("all")));
  const reports = openReports(base, barriers);
  const factSheet = createFactSheetFeature({ db, log });
  const health = createHealthFeature({
    database: base.database,
    listening: () => live.listening(),
    media: () => sfu.listRooms().then(() => true),
    connections: () => live.gate.connections().length,
    minimumBuild: base.config.minClientBuild,
    page,
    seatKeptSeconds: base.config.gateLimits.dropGraceMs / 1000,
  });
  const api = openApi(base, { barriers, meetings, live, accounts });
  const scim = openScim(base, { barriers, accounts });
  const portal = openPortal(base, barriers, live, quietly);
  return {
    ...{ meetings, barriers, portal, live, accounts, organisation },
    ...{ ownSettings, reports, health, outsiders, registration, api, scim, posture, factSheet, invitations },
  };
}

type AccountNeeds = {
  readonly barriers: BarrierSync;
  readonly apart: () => Promise<Apart>;
  readonly outsiders: Outsiders;
  readonly live: () => LiveFeature;
  readonly quietly: Quietly;
};

function openAccounts(base: Foundation, { apart, outsiders, barriers, live, quietly }: AccountNeeds) {
  const { db, keys, organisationLog: log, origin, limits, sfu } = base;
  return createAccountsFeature({
    ...{ db, keys, log, limits, origin, apart },
    ...{ mail: outsiders.outbox, now: base.clock.now, origins: base.origins },
    sessionLimits: base.config.sessionLimits,
    sendsMail: base.config.smtpHost !== undefined,
    facts: () => testFacts({ database: base.database, sfu, origin }),
    onSessionsEnded: (sessionIds) => quietly(live().endDevices(sessionIds)),
    loopbackAllowed: base.config.exposure === "loopback",
    groupsAtSignIn: (said) => applySignInGroups({ db, ...barriers }, said),
  });
}

type InvitationNeeds = {
  readonly outsiders: Outsiders;
  readonly apart: () => Promise<Apart>;
  readonly note: LiveFeature["note"];
};

function openInvitations(base: Foundation, { outsiders, apart, note }: InvitationNeeds): InvitationsFeature {
  const { db, keys, organisationLog: log, origin, limits, sessions } = base;
  return createInvitationsFeature({
    ...{ db, keys, log, origin, apart, limits, sessions },
    ...{ outbox: outsiders.outbox, able: outsiders.able, abilities: abilitiesOf(base.config) },
    // Sending changes no setting of a meeting in progress.
    onMeetingChanged: () => undefined,
    noteInInstance: note,
  });
}

/** The organisation's rules, and what they come to for each account. */
function openRules(
  { db, organisationLog: log, config }: Foundation,
  apart: () => Promise<Apart>,
  changed: () => void,
) {
  const abilities = abilitiesOf(config);
  return {
    organisation: createOrganisationFeature({ db, log, apart, abilities, onRulesChanged: changed }),
    ownSettings: createOwnSettingsFeature({
      ...{ db, log, rulesOf, apart },
      standard: defaultRules,
      region: config.regionLabel ?? null,
    }),
  };
}

/** People without an account: the addresses they prove, the mail they get, and whether they have registered. */
function openOutside(base: Foundation, barriers: BarrierSync, live: () => LiveFeature, quietly: Quietly) {
  const outsiders = openOutsiders(base, {
    barriers: barriers.source,
    endDevices: (guestIds) => live().endDevices(guestIds),
    isRegistered: (meetingId, address) => registration.isRegisteredAddress(meetingId, address),
  });
  const registration: RegistrationFeature = openRegistration(base, {
    mail: outsiders.outbox,
    onGone: (meetingId, ids) => quietly(live().endRegistrations(meetingId, ids)),
  });
  return { outsiders, registration };
}

function openReports(base: Foundation, barriers: BarrierSync) {
  const hiddenFrom = (accountId: string) => hiddenNow(base, barriers, accountId);
  const reports = createReportFeature({
    db: base.db,
    readLog: (instanceId) => readLog(base, instanceId),
    hiddenFrom,
  });
  const { db, keys, organisationLog: log } = base;
  const audit = createAuditFeature({ db, keys, log, hiddenFrom });
  return { routes: [...reports.routes, ...audit.routes] };
}

type Quietly = (work: Promise<unknown>) => void;

/** What those who look after the barriers see and do; the policy server that is asked is theirs, too. */
function openPortal(base: Foundation, barriers: BarrierSync, live: LiveFeature, quietly: Quietly) {
  const { source, writer, health } = barriers;
  const { routes } = createBarriersFeature({
    ...{ db: base.db, log: base.organisationLog, source, writer, health },
    liveEffect: (barrier) => live.walls.impactOf(barrier),
    onCommitted: (version) => quietly(live.walls.changed(version)),
    onRulesChanged: () => quietly(live.settingsChanged("all")),
  });
  return { routes: [...routes, ...barriers.routes] };
}

/** Who must not know of whom, by the newest barriers that the database has (BAR-10, BAR-14). */
async function apartNow({ readers }: Foundation, { source }: BarrierSync): Promise<Apart> {
  return apartIn(await source.at(await readBarrierVersion(readers.pool)));
}

/** As `apartNow`, and of guests by the address that they proved. */
async function hiddenNow({ readers }: Foundation, { source }: BarrierSync, accountId: string) {
  const barrier = await source.at(await readBarrierVersion(readers.pool));
  const reader = barrier.classOf({ kind: "account", accountId: id.account(accountId), device: "" });
  return (who: Principal) => {
    if (!barrier.on || (who.kind === "account" && who.accountId === accountId)) return false;
    return barrier.denyNew || barrier.hard(reader, barrier.classOf(who));
  };
}

async function readLog({ db, keys, readers }: Foundation, instanceId: string) {
  const { evidence_key: wrapped } = await db
    .selectFrom("meeting_instance")
    .select("evidence_key")
    .where("id", "=", instanceId)
    .executeTakeFirstOrThrow();
  return readEvents(readers.pool, instanceId, unwrapInstanceKey(keys, instanceId, wrapped), 0);
}

type LiveNeeds = {
  readonly meetings: MeetingsFeature;
  readonly barriers: BarrierSync;
  readonly outsiders: Outsiders;
  readonly posture: PostureFeature;
  readonly invitations: Pick<InvitationsFeature, "everyMinute">;
  readonly registration: RegistrationFeature;
};

function openLive(base: Foundation, needs: LiveNeeds, webhook: WebhookParser): Promise<LiveFeature> {
  const { db, keys, organisationLog: log, config } = base;
  const { meetings, barriers, outsiders, registration, posture } = needs;
  const sheets = createFactSheets({ db, origin: base.origin, region: regionOf(config) });
  return createLiveFeature({
    ...base,
    directory: createMeetingDirectory({ db: base.readers.db, keys }),
    barriers: barriers.source,
    proofs: outsiders.proofs,
    factSheets: {
      of: ({ meetingId, settings }) => sheets.of({ meetingId, policy: settings.policy.values }),
    },
    registrants: registration,
    gateLimits: config.gateLimits,
    factorOfHosts: async () => (await readDemands(base.readers.db)).includes("high"),
    passcodeLimits,
    webhook,
    ipOf: base.addresses.of,
    region: regionOf(config),
    iceServersFor: (admissionId) => iceServersFor(config, admissionId, Date.now()),
    minimumBuild: config.minClientBuild,
    log: {
      info: (fields, message) => base.log.info(fields, message),
      warn: (fields, message) => base.log.warn(fields, message),
    },
    onSwept: (version) => {
      barriers.swept(version);
      outsiders.review();
    },
    onEnded: async (state) => {
      await anchorInstanceHeads({ db, log });
      await meetings.afterInstance(state);
    },
    everyMinute: async () => {
      await anchorInstanceHeads({ db, log });
      await forgetOldWindows(db);
      // Before the outbox forgets.
      await needs.invitations.everyMinute();
      await outsiders.everyMinute();
      await registration.everyMinute();
      await forgetOldTokens(db);
      posture.worker.everyMinute();
      await forgetOldLinks(db);
    },
  });
}

/** CNF-4: what no setting of a meeting can make good. */
function abilitiesOf(config: Config) {
  return {
    e2ee: true,
    mail: config.smtpHost !== undefined,
    country: config.regionCountry ?? null,
  };
}

function regionOf(config: Config) {
  if (config.regionLabel === undefined) return null;
  return { label: config.regionLabel, country: config.regionCountry ?? "" };
}
