/** People of a journey: each has a browser of their own, and does only what a person can do on the page. */
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
export const PATIENCE = 20_000;

/** A refusal is an answer of the server, and the gate closes sockets while the media library still writes. */
const expected = /status of (?:4|503)|WebSocket is already in CLOSING/u;

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
    // A refusal is an answer of the server; the browser's own note about it is no error of the page.
    if (message.type() === "error" && !/status of (?:4|503)/u.test(message.text()))
      broken.push(message.text());
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

/** What has been decoded and heard so far, over all connections of the page. */
export async function received(page: Page): Promise<{ frames: number; sound: number }> {
  return page.evaluate(async () => {
    const all: RTCPeerConnection[] = Reflect.get(globalThis, "testConnections");
    let frames = 0;
    let sound = 0;
    for (const connection of all) {
      for (const report of (await connection.getStats()).values()) {
        if (report.type !== "inbound-rtp") continue;
        frames += report.framesDecoded ?? 0;
        sound += report.kind === "audio" ? (report.totalAudioEnergy ?? 0) : 0;
      }
    }
    return { frames, sound };
  });
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

export type Guest = { readonly name?: string; readonly affiliation?: string; readonly passcode?: string };

/** Fills the form and asks. What happens then is the test's business. */
export async function ask(page: Page, meeting: TestMeeting, guest: Guest = {}): Promise<void> {
  await page.getByLabel("会議パスコード").fill(guest.passcode ?? meeting.passcode);
  await page.getByLabel("氏名").fill(guest.name ?? "大庭 修一郎");
  await page.getByLabel("所属").fill(guest.affiliation ?? "常磐木製作所");
  await page.getByRole("button", { name: "入室を申請する" }).click();
}

/** Opens the card of a person who waits, and presses the button that carries the name. */
export async function admit(host: Page, name: string): Promise<void> {
  await pressWhenStill(host, `${name}さんを確認する`);
  await pressWhenStill(host, `${name}さんの入室を許可`);
}

/** What has just appeared takes no press in its first 350 ms; a person needs longer than that to read it. */
export async function pressWhenStill(page: Page, label: string): Promise<void> {
  const button = page.getByRole("button", { name: label });
  await button.waitFor();
  await page.waitForFunction(
    (since) => performance.now() - since > 400,
    await page.evaluate(() => performance.now()),
  );
  await button.click();
}

/** The room is there, with its control bar. */
export async function inRoom(page: Page): Promise<void> {
  await page.getByRole("toolbar").getByText("その他").waitFor();
}
