/** People of a journey: each has a browser of their own, and does only what a person can do on the page. */
import { expect } from "vitest";
import { launchBrowser, type TestBrowser, type TestBrowserOptions } from "../packages/testkit/src/browser.ts";
import type { TestMeeting } from "../packages/testkit/src/meetings.ts";
import { owner, type Product } from "../packages/testkit/src/product.ts";

export type Page = Awaited<ReturnType<TestBrowser["context"]["newPage"]>>;

export type Person = AsyncDisposable & {
  readonly page: Page;
  readonly browser: TestBrowser;
  /** Errors in the page, and what its policy blocked. */
  readonly broken: readonly string[];
};

export type PersonOptions = Pick<TestBrowserOptions, "profile"> & {
  readonly locale?: "ja-JP" | "en-GB";
  readonly viewport?: { readonly width: number; readonly height: number };
  /** No answer to the browser's question for camera and microphone but "no". */
  readonly denyDevices?: boolean;
};

/** How long a step may take on two busy cores (ms). */
export const PATIENCE = 45_000;

/** A refusal is an answer of the server, and the gate closes sockets while the media library still writes. */
const expected = /status of (?:4|503)|Unexpected response code: 403|WebSocket is already in CLOSING/u;

export async function person(options: PersonOptions = {}): Promise<Person> {
  const browser = await launchBrowser({
    context: {
      locale: options.locale ?? "ja-JP",
      timezoneId: "Asia/Tokyo",
      reducedMotion: "reduce",
      viewport: options.viewport ?? { width: 1280, height: 800 },
    },
    ...(options.profile === undefined ? {} : { profile: options.profile }),
    ...(options.denyDevices === true ? { args: ["--deny-permission-prompts"] } : {}),
  });
  const page = await browser.context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  page.on("console", (message) => {
    if (message.type() === "error" && !expected.test(message.text())) broken.push(message.text());
  });
  await page.addInitScript(rememberConnections);
  return { page, browser, broken, [Symbol.asyncDispose]: () => browser.stop() };
}

/** Runs in the page before its scripts: keeps every peer connection, so that a test can ask what really arrived. */
function rememberConnections(): void {
  const Native = globalThis.RTCPeerConnection;
  const all: RTCPeerConnection[] = [];
  Object.defineProperty(globalThis, "testConnections", { value: all });
  globalThis.RTCPeerConnection = class extends Native {
    constructor(configuration?: RTCConfiguration) {
      super(configuration);
      all.push(this);
    }
  };
}

/** What has been decoded and heard so far, over all open connections of the page; and how many were ever made. */
export async function received(page: Page): Promise<{ frames: number; sound: number; connections: number }> {
  return page.evaluate(async () => {
    const value = (of: unknown, key: string): unknown =>
      typeof of === "object" && of !== null ? Reflect.get(of, key) : undefined;
    const amount = (of: unknown, key: string) => Number(value(of, key) ?? 0);
    const known: unknown = Reflect.get(globalThis, "testConnections");
    const all: readonly unknown[] = Array.isArray(known) ? known : [];
    const sum = { frames: 0, sound: 0, connections: all.length };
    // A connection that is closed, and a stream that has ended, lose their figures: what was received stays received.
    const kept: unknown = Reflect.get(globalThis, "testReceived");
    const streams = kept instanceof Map ? kept : new Map();
    Reflect.set(globalThis, "testReceived", streams);
    for (const [index, connection] of all.entries()) {
      if (!(connection instanceof RTCPeerConnection)) continue;
      const stats = await connection.getStats();
      stats.forEach((report: unknown) => {
        if (value(report, "type") !== "inbound-rtp") return;
        const id = `${index} ${String(value(report, "id"))}`;
        streams.set(id, [amount(report, "framesDecoded"), amount(report, "totalAudioEnergy")]);
      });
    }
    for (const [frames, sound] of streams.values()) {
      sum.frames += Number(frames);
      sum.sound += Number(sound);
    }
    return sum;
  });
}

/** Resolves once more picture has come in than there was; rejects if none comes. */
export async function pictureFlows({ page }: Pick<Person, "page">): Promise<void> {
  const deadline = Date.now() + PATIENCE;
  const before = (await received(page)).frames;
  while ((await received(page)).frames < before + 5) {
    if (Date.now() > deadline) throw new Error("no picture came");
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** More picture and more sound have come in than there were. */
export async function flows({ page }: Pick<Person, "page">): Promise<void> {
  const before = await received(page);
  const more = async () => {
    const now = await received(page);
    return now.frames > before.frames + 5 && now.sound > before.sound;
  };
  await expect.poll(more, { timeout: PATIENCE }).toBe(true);
}

export async function signInOwner({ page }: Person, product: Product): Promise<void> {
  await page.goto(`${product.origin}/signin`);
  await page.getByLabel("メールアドレス").fill(owner.email);
  await page.getByLabel("パスワード", { exact: true }).fill(owner.password);
  await page.getByRole("button", { name: "サインイン", exact: true }).click();
  await page.getByRole("heading", { name: "会議", exact: true }).first().waitFor();
}

export function address(product: Product, meeting: TestMeeting): string {
  return `${product.origin}/m/${meeting.link}`;
}

export const ownPolicy = "この会議への参加が、所属する組織のセキュリティポリシーに沿うことを確認しました。";

function asksToAgree({ detail }: TestMeeting): boolean {
  return detail.effective.some(({ field, value }) => field === "agreement" && value === true);
}

export type Guest = { readonly name?: string; readonly affiliation?: string; readonly passcode?: string };

/** Fills the form and asks. What happens then is the test's business. */
export async function ask(page: Page, meeting: TestMeeting, guest: Guest = {}): Promise<void> {
  await page.getByLabel("会議パスコード").fill(guest.passcode ?? meeting.passcode);
  await page.getByLabel("氏名").fill(guest.name ?? "大庭 修一郎");
  await page.getByRole("textbox", { name: "所属" }).fill(guest.affiliation ?? "常磐木製作所");
  if (asksToAgree(meeting)) {
    await page.getByRole("checkbox", { name: "この説明を読み、同意します。" }).check();
    await page.getByRole("checkbox", { name: ownPolicy }).check();
  }
  await page.getByRole("button", { name: "入室を申請する" }).click();
}

/** Opens the card of a person who waits, and presses the button that carries the name. */
export async function admit(host: Page, name: string): Promise<void> {
  await pressWhenStill(host, `${name}さんを確認する`);
  await pressWhenStill(host, `${name}さんの入室を許可`);
}

/** As a person does: points at it, reads it, presses. Under a pointer a list does not close up any more. */
export async function pressWhenStill(page: Page, label: string): Promise<void> {
  const button = page.getByRole("button", { name: label });
  await button.hover();
  await readingTime(page);
  await button.click();
}

/** What has just appeared takes no press in its first 350 ms; a person needs longer than that to read it. */
export async function readingTime(page: Page): Promise<void> {
  const since = await page.evaluate(() => performance.now());
  await page.waitForFunction((from) => performance.now() - from > 400, since);
}

/** The room is there, with its control bar. */
export async function inRoom(page: Page): Promise<void> {
  await page.getByRole("toolbar").getByText("その他").waitFor();
}
