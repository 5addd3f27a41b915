/** Accounts on a real database, with an outbox that keeps its messages and a clock that tests set: for server tests. */
import type { FastifyInstance } from "fastify";
import type { GroupsSaid } from "../../../apps/server/src/features/accounts/accounts-deps.ts";
import {
  createAccountsFeature,
  type AccountsFeature,
} from "../../../apps/server/src/features/accounts/accounts-feature.ts";
import { totpCode, totpStep } from "../../../apps/server/src/features/accounts/second-factor/totp.ts";
import { createOutbox, type Outbox } from "../../../apps/server/src/platform/mail/outbox.ts";
import { at } from "./answers.ts";
import {
  featureApp,
  featureBase,
  TestBrowserClient,
  testOrigin,
  testSessionLimits,
  type Answer,
  type FeatureBase,
} from "./feature-app.ts";
import type { TestPostgres } from "./postgres.ts";

export const worldPassword = "correct horse 電池";
export const worldOwner = "rina@midorino.example";

export type WorldTotp = {
  readonly secret: Buffer;
  readonly codes: readonly string[];
  /** Of a step that was not used yet. */ next(): string;
};

export type AccountsWorld = AsyncDisposable & {
  readonly base: FeatureBase;
  readonly accounts: AccountsFeature;
  readonly app: FastifyInstance;
  readonly outbox: Outbox;
  /** Ids of sessions that were ended. */
  readonly ended: string[];
  readonly said: GroupsSaid[];
  /** ms since 1970 UTC; tests move it. */
  readonly clock: { now: number };
  /** Somewhere else each time, unless it is told where. */
  browser(ip?: string): TestBrowserClient;
  setUp(): Promise<TestBrowserClient>;
  colleague(
    by: TestBrowserClient,
    email: string,
    role?: string,
  ): Promise<{ browser: TestBrowserClient; id: string }>;
  signIn(email: string, password?: string, browser?: TestBrowserClient): Promise<Answer>;
  setUpTotp(browser: TestBrowserClient): Promise<WorldTotp>;
  /** What the organisation's log has of this kind, oldest first. */
  entries(type: string): Promise<readonly unknown[]>;
  /** Texts of the messages in the outbox, oldest first. */
  mailsTo(email: string, kind: string): Promise<readonly string[]>;
};

export type AccountsWorldOptions = { readonly sendsMail?: boolean };

export async function accountsWorld(
  postgres: TestPostgres,
  { sendsMail = true }: AccountsWorldOptions = {},
): Promise<AccountsWorld> {
  const base = await featureBase(postgres);
  const clock = { now: Date.now() };
  const [ended, said]: [string[], GroupsSaid[]] = [[], []];
  const outbox = createOutbox({
    ...{ db: base.handle.db, keys: base.keys, transport: null, now: () => clock.now },
    fromName: async () => "",
    onFailure: () => undefined,
  });
  const accounts = createAccountsFeature({
    ...{ db: base.handle.db, keys: base.keys, log: base.log, limits: base.limits },
    ...{ mail: outbox, sendsMail, now: () => clock.now, sessionLimits: testSessionLimits },
    origin: () => testOrigin,
    origins: () => [testOrigin],
    facts: async () => [],
    apart: async () => () => false,
    onSessionsEnded: (ids) => ended.push(...ids),
    loopbackAllowed: true,
    groupsAtSignIn: async (groups) => {
      said.push(groups);
    },
  });
  const app = featureApp(base, accounts);
  let places = 10;
  const browser = (ip = `198.51.100.${places++}`) => new TestBrowserClient(app, ip);
  return {
    ...{ base, accounts, app, outbox, ended, said, clock, browser },
    ...peopleOf({ accounts, browser }),
    ...recordsOf(base),
    setUpTotp: (whose) => setUpTotp(whose, clock),
    [Symbol.asyncDispose]: () => close(app, outbox, base),
  };
}

async function close(app: FastifyInstance, outbox: Outbox, base: FeatureBase): Promise<void> {
  await app.close();
  await outbox.stop();
  await base[Symbol.asyncDispose]();
}

type People = Pick<AccountsWorld, "accounts" | "browser">;

function peopleOf({ accounts, browser }: People): Pick<AccountsWorld, "setUp" | "colleague" | "signIn"> {
  return {
    async setUp() {
      const owner = browser();
      const body = {
        ...{ organisationName: "みどり野銀行", organisationAddress: "", email: worldOwner },
        ...{ password: worldPassword, displayName: "佐久間 里奈", locale: "ja" },
      };
      good(await owner.send("POST", `/api/setup/${await accounts.ensureSetupLink()}`, body));
      return owner;
    },
    async colleague(by, email, role = "member") {
      const wish = { email, displayName: "桐生 真帆", role };
      const invited = good(await by.send("POST", "/api/accounts/invitations", wish));
      const token = String(at(invited, "url")).split("/").at(-1);
      const theirs = browser();
      const body = { displayName: "桐生 真帆", password: worldPassword, locale: "en" };
      const accepted = good(await theirs.send("POST", `/api/invitations/${token}`, body));
      return { browser: theirs, id: String(at(accepted, "id")) };
    },
    signIn: (email, password = worldPassword, by = browser()) =>
      by.send("POST", "/api/sign-in", { email, password }),
  };
}

function recordsOf({ handle, keys }: FeatureBase): Pick<AccountsWorld, "entries" | "mailsTo"> {
  return {
    async entries(type) {
      const rows = await handle.db
        .selectFrom("organisation_event")
        .select("data")
        .where("type", "=", type)
        .orderBy("seq")
        .execute();
      return rows.map((row): unknown => JSON.parse(row.data));
    },
    async mailsTo(email, kind) {
      const rows = await handle.db.selectFrom("outbox").selectAll().orderBy("created_at").execute();
      return rows.flatMap((row) => {
        const to = keys.open("outbox", row.recipient, `to:${row.id}`).toString();
        return to === email && row.kind === kind
          ? [keys.open("outbox", row.sealed ?? Buffer.alloc(0), `message:${row.id}`).toString()]
          : [];
      });
    },
  };
}

/** Codes of steps that are used are refused, so each is of a step of its own. */
async function setUpTotp(browser: TestBrowserClient, clock: { now: number }): Promise<WorldTotp> {
  const begun = good(await browser.send("POST", "/api/me/second-factor/totp"));
  const secret = fromBase32(String(at(begun, "secret")));
  const body = { code: totpCode(secret, totpStep(clock.now)) };
  const done = good(await browser.send("POST", "/api/me/second-factor/totp/confirm", body));
  return {
    secret,
    codes: [at(done, "codes") ?? []].flat().map(String),
    next() {
      clock.now += 30_000;
      return totpCode(secret, totpStep(clock.now));
    },
  };
}

function fromBase32(text: string): Buffer {
  const bits = [...text].map((one) =>
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".indexOf(one).toString(2).padStart(5, "0"),
  );
  return Buffer.from((bits.join("").match(/.{8}/gu) ?? []).map((byte) => Number.parseInt(byte, 2)));
}

/** Throws where the answer is none of success, with what it said. */
export function good(answer: Answer): Answer {
  if (answer.status !== 200) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
}
