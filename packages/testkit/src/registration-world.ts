/** A seminar that people register for: scheduling, registration and a mail server on a real database, for server tests. */
import type { MeetingInput, Registrant, RegistrationInput, RegistrationManager } from "@sekisho/contract";
import type { RegistrationState } from "@sekisho/domain";
import { meetingAbout } from "../../../apps/server/src/app/registration.ts";
import type { MeetingNews } from "../../../apps/server/src/features/meetings/meetings-deps.ts";
import {
  createRegistrationFeature,
  type RegistrationFeature,
} from "../../../apps/server/src/features/registration/registration-feature.ts";
import { openDatabase, type Db } from "../../../apps/server/src/platform/db/database.ts";
import { createSessions } from "../../../apps/server/src/platform/http/sessions.ts";
import { createMailTransport } from "../../../apps/server/src/platform/mail/mail-transport.ts";
import { createOutbox, type Outbox } from "../../../apps/server/src/platform/mail/outbox.ts";
import {
  featureApp,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "./feature-app.ts";
import type { TestPostgres } from "./postgres.ts";
import { lowInput, schedulingWorld, text, value, type SchedulingWorld } from "./scheduling-world.ts";
import { startSmtp, subjectOfMail, textOfMail, type ReceivedMail, type TestSmtp } from "./smtp-server.ts";
import { trusted } from "./unsafe.ts";

export type Seminar = {
  readonly id: string;
  readonly link: string;
  readonly topic: string;
  readonly passcode: string;
  readonly formId: string;
};

type Settings = RegistrationManager["settings"];
type Change = Partial<RegistrationInput>;

export type RegistrationWorld = AsyncDisposable &
  Pick<SchedulingWorld, "base" | "host" | "stranger"> & {
    readonly feature: RegistrationFeature;
    readonly clock: { at: number };
    /** Registrations that were said to be no more. */
    readonly gone: { readonly meetingId: string; readonly ids: readonly string[] }[];
    /** Each from a network of its own: limits have tests of their own. */
    newBrowser(): TestBrowserClient;
    seminar(wish?: Partial<MeetingInput>, form?: Partial<Settings>): Promise<Seminar>;
    setForm(at: Seminar, change: Partial<Settings>): Promise<void>;
    manager(at: Seminar): Promise<RegistrationManager>;
    counts(at: Seminar): Promise<RegistrationManager["counts"]>;
    register(at: Seminar, change: Change, by?: TestBrowserClient): Promise<Answer>;
    /** The own link in the newest mail to this address that was not looked at yet, as a path of the API. */
    linkTo(email: string): Promise<{ readonly path: string; readonly mail: ReceivedMail }>;
    /** The `count`-th to this address. */
    mailTo(email: string, count: number): Promise<ReceivedMail>;
    /** Subjects of everything that has gone to these addresses. */
    lettersFor(...emails: readonly string[]): Promise<readonly string[]>;
    /** Registered by form and confirmed; answers the own link's path. */
    confirmed(at: Seminar, email: string, change?: Change): Promise<string>;
    /** As `confirmed`, with the mail that followed looked at. */
    registered(at: Seminar, email: string): Promise<string>;
    /** So many who have not confirmed yet; answers their links' paths. */
    registerMany(at: Seminar, count: number): Promise<readonly string[]>;
    registrants(at: Seminar, email?: string): Promise<readonly Registrant[]>;
    /** Of everybody in a state, oldest first. */
    names(at: Seminar, state?: RegistrationState): Promise<readonly string[]>;
    decide(at: Seminar, ids: readonly string[], decision: "approve" | "decline" | "remove"): Promise<Answer>;
    imported(at: Seminar, csv: string): Promise<Answer>;
    exported(at: Seminar): Promise<string>;
    /** How many queries of the registration's own are made meanwhile. */
    queriesOf(work: () => Promise<unknown>): Promise<number>;
    /** A further process on the same database. */
    secondProcess(): Promise<AsyncDisposable & { newBrowser(): TestBrowserClient }>;
  };

let network = 0;
/** Documentation addresses of RFC 5737, one for each browser. */
function nextNetwork(): string {
  network += 1;
  return `198.${18 + (network >> 16)}.${(network >> 8) & 255}.${network & 255}`;
}

export async function registrationWorld(postgres: TestPostgres): Promise<RegistrationWorld> {
  const smtp = await startSmtp();
  const clock = { at: Date.now() };
  const gone: { meetingId: string; ids: readonly string[] }[] = [];
  const counted = { queries: 0 };
  const opened: { feature: RegistrationFeature; outbox: Outbox }[] = [];
  const world = await schedulingWorld(postgres, {
    cancelled: tellRegistrants(opened, clock),
    further(base) {
      const made = openFeature(base, base.handle.db, { smtp, clock, gone, counted });
      opened.push(made);
      return made.feature.routes;
    },
  });
  const [made] = opened;
  if (made === undefined) throw new Error("the feature was not opened");
  const seen = new Map<string, number>();
  const newBrowser = () => world.newBrowser(nextNetwork());

  async function linkTo(email: string) {
    const count = (seen.get(email) ?? 0) + 1;
    seen.set(email, count);
    const mail = await smtp.mailTo(email, count);
    const url = /^https:\S+\/(r\/\S+\/\S+)$/mu.exec(textOfMail(mail))?.[1];
    return { path: `/api/${url}`, mail };
  }

  const hosting = (at: Seminar, rest: string) => `/api/meetings/${at.id}/${rest}`;
  const manager = async (at: Seminar) =>
    trusted<RegistrationManager>((await world.host.send("GET", hosting(at, "registration"))).body);

  async function setForm(at: Seminar, change: Partial<Settings>): Promise<void> {
    const { settings, version } = await manager(at);
    const answer = await world.host.send("PUT", hosting(at, "registration"), {
      settings: { ...settings, ...change },
      version,
    });
    if (answer.status !== 200) throw new Error(`the form was not changed: ${answer.text}`);
  }

  const register = (at: Seminar, change: Change, by = newBrowser()) =>
    by.send("POST", `/api/r/${at.formId}`, {
      ...{ name: "大庭 修一郎", organisation: "常磐木製作所", email: "oba@tokiwagi.example" },
      ...({ answers: [], locale: "ja" } as const),
      ...change,
    });

  async function confirmed(at: Seminar, email: string, change: Change = {}): Promise<string> {
    const answer = await register(at, { email, ...change });
    if (answer.status !== 200) throw new Error(`not registered: ${answer.text}`);
    const { path } = await linkTo(email);
    const done = await newBrowser().send("POST", `${path}/confirm`);
    if (done.status !== 200) throw new Error(`not confirmed: ${done.text}`);
    return path;
  }

  async function registrants(at: Seminar, email?: string): Promise<readonly Registrant[]> {
    const answer = await world.host.send("GET", hosting(at, "registrations"));
    const all = trusted<readonly Registrant[]>(value(answer, "registrants"));
    return email === undefined ? all : all.filter((one) => one.email === email);
  }

  return {
    ...{ base: world.base, host: world.host, stranger: world.stranger, feature: made.feature },
    ...letters(smtp),
    ...{ clock, gone, newBrowser, linkTo, manager, setForm, register, confirmed, registrants },
    async seminar(wish = {}, form = {}) {
      const topic = "相続の基礎講座";
      const answer = await world.create(lowInput({ topic, registration: "required", ...wish }));
      const id = text(answer, "meeting", "id");
      const at = { id, link: text(answer, "meeting", "link"), topic, passcode: text(answer, "passcode") };
      const { url } = await manager({ ...at, formId: "" });
      const seminar = { ...at, formId: url.split("/").at(-1) ?? "" };
      if (Object.keys(form).length > 0) await setForm(seminar, form);
      return seminar;
    },
    counts: async (at) => (await manager(at)).counts,
    async registered(at, email) {
      const path = await confirmed(at, email);
      await linkTo(email);
      return path;
    },
    async registerMany(at, count) {
      const emails = Array.from(
        { length: count },
        (_, index) => `p${index}.${at.formId.toLowerCase().replaceAll(/[^a-z0-9]/gu, "")}@x.example`,
      );
      // Ten at a time: what is tried is the crowd that confirms, not the one that fills in forms.
      for (let first = 0; first < count; first += 10)
        await Promise.all(
          emails
            .slice(first, first + 10)
            .map((email, index) => register(at, { email, name: `参加者 ${first + index}` })),
        );
      return Promise.all(emails.map(async (email) => (await linkTo(email)).path));
    },
    async names(at, state) {
      const found: string[] = [];
      for (let after = ""; ;) {
        const query = `?${state === undefined ? "" : `state=${state}`}${after}`;
        const answer = await world.host.send("GET", hosting(at, `registrations${query}`));
        found.push(...trusted<readonly Registrant[]>(value(answer, "registrants")).map((one) => one.name));
        const next = value(answer, "next");
        if (typeof next !== "string") return found;
        after = `&after=${next}`;
      }
    },
    decide: (at, ids, decision) =>
      world.host.send("POST", hosting(at, "registrations/decide"), { ids, decision }),
    imported: (at, csv) =>
      world.host.send("POST", hosting(at, "registrations/import"), { csv, locale: "ja" }),
    exported: async (at) => (await world.host.send("GET", hosting(at, "registrations.csv"))).text,
    async queriesOf(work) {
      counted.queries = 0;
      await work();
      return counted.queries;
    },
    async secondProcess() {
      const handle = openDatabase(world.base.database.connectionString, () => undefined);
      const other = openFeature(world.base, handle.db, { smtp, clock, gone, counted });
      const app = featureApp(world.base, { routes: other.feature.routes });
      return {
        newBrowser: () => new TestBrowserClient(app, nextNetwork()),
        async [Symbol.asyncDispose]() {
          await other.outbox.stop();
          await app.close();
          await handle.close();
        },
      };
    },
    async [Symbol.asyncDispose]() {
      await made.outbox.stop();
      await world[Symbol.asyncDispose]();
      await smtp[Symbol.asyncDispose]();
    },
  };
}

function letters(smtp: TestSmtp): Pick<RegistrationWorld, "mailTo" | "lettersFor"> {
  return {
    mailTo: (email, count) => smtp.mailTo(email, count),
    lettersFor: async (...emails) =>
      smtp.mails
        .filter(({ to }) => to.some((one) => emails.includes(one)))
        .map((mail) => subjectOfMail(mail)),
  };
}

function tellRegistrants(
  opened: readonly { readonly feature: RegistrationFeature }[],
  clock: { readonly at: number },
): MeetingNews["cancelled"] {
  return async (trx, { id }) => {
    const meeting = await meetingAbout(trx, id, clock.at);
    if (meeting === null) return;
    for (const { feature } of opened)
      await feature.meetingCancelled(trx, { meeting, organisation: "みどり野銀行" });
  };
}

type Parts = {
  readonly smtp: TestSmtp;
  readonly clock: { at: number };
  readonly gone: { meetingId: string; ids: readonly string[] }[];
  readonly counted: { queries: number };
};

function openFeature(base: FeatureBase, database: Db, { smtp, clock, gone, counted }: Parts) {
  const counting: Parameters<Db["withPlugin"]>[0] = {
    transformQuery({ node }) {
      counted.queries += 1;
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  const db = database.withPlugin(counting);
  const now = () => clock.at;
  const organisationName = async () => "みどり野銀行";
  const outbox = createOutbox({
    ...{ db: database, keys: base.keys, now, fromName: organisationName },
    transport: createMailTransport({
      ...{ smtpHost: smtp.host, smtpPort: smtp.port, smtpCaFile: smtp.caFile, smtpTls: "starttls" },
      ...{ smtpFrom: "sekisho@midorino.example", smtpUser: undefined, smtpPasswordFile: undefined },
    }),
    onFailure: (error) => {
      throw error;
    },
  });
  const feature = createRegistrationFeature({
    ...{ db, keys: base.keys, log: base.log, limits: base.limits, now, organisationName, mail: outbox },
    sessions: createSessions(database, testSessionLimits, base.keys),
    origin: () => testOrigin,
    meetingAbout: (meetingId) => meetingAbout(database, meetingId, clock.at),
    onGone: (meetingId, ids) => gone.push({ meetingId, ids }),
  });
  return { feature, outbox };
}
