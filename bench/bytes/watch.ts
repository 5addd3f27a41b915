/** What a page cost up to a moment: bytes on the wire, long tasks, time of its main thread. */
import type { Page } from "../../e2e/people.ts";

export type Cost = {
  /** Code, styles, words, pictures, answers, with their headers. */
  readonly bytes: number;
  /** The same without headers. */
  readonly bodyBytes: number;
  /** Web fonts and the style sheet that names them. */
  readonly fontBytes: number;
  readonly requests: number;
  /** Sum over tasks of more than 50 ms, ms. */
  readonly longTaskMs: number;
  /** Time of the main thread in tasks so far, ms. */
  readonly taskMs: number;
  /** First paint of content after the navigation, ms. */
  readonly firstPaintMs: number;
};

export type Watch = {
  /** `until`: a moment of the page's own clock; what was not finished by then does not count. */
  cost(until?: number): Promise<Cost>;
  /** Text files of the page that came without brotli. */
  readonly plain: readonly string[];
};

type Fetched = { readonly url: string; readonly type: string; body: number; whole: number };

export async function watch(page: Page): Promise<Watch> {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Performance.enable");
  const plain: string[] = [];
  const fetched = new Map<string, Fetched>();
  client.on("Network.responseReceived", ({ requestId, type, response }) => {
    fetched.set(requestId, { url: response.url, type, body: 0, whole: 0 });
    const headers = new Headers(Object.entries(response.headers));
    const isText = type === "Script" || type === "Stylesheet" || type === "Document";
    const isFile = response.url.startsWith("http") && response.status === 200;
    if (isText && isFile && headers.get("content-encoding") !== "br") plain.push(response.url);
  });
  client.on("Network.dataReceived", ({ requestId, encodedDataLength }) => {
    const one = fetched.get(requestId);
    if (one !== undefined) one.body += encodedDataLength;
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const one = fetched.get(requestId);
    if (one !== undefined) one.whole = encodedDataLength;
  });
  await page.addInitScript(noteLongTasks);
  return {
    plain,
    async cost(until) {
      const { metrics } = await client.send("Performance.getMetrics");
      const seen = await page.evaluate(readTimings, until ?? Number.MAX_VALUE);
      const finished = new Set(seen.finished);
      const counted = [...fetched.values()].filter((one) => until === undefined || finished.has(one.url));
      const sum = (some: readonly Fetched[], of: (one: Fetched) => number) =>
        some.reduce((total, one) => total + of(one), 0);
      const fonts = counted.filter(isFont);
      const rest = counted.filter((one) => !isFont(one));
      return {
        // A stream never finishes: what has come of it counts all the same.
        bytes: sum(rest, (one) => Math.max(one.whole, one.body)),
        bodyBytes: sum(rest, (one) => one.body),
        fontBytes: sum(fonts, (one) => one.whole),
        requests: counted.length,
        longTaskMs: seen.longTaskMs,
        taskMs: (metrics.find((one) => one.name === "TaskDuration")?.value ?? Number.NaN) * 1000,
        firstPaintMs: seen.firstPaintMs,
      };
    },
  };
}

function isFont({ type, url }: Fetched): boolean {
  return type === "Font" || /\/wght-[^/]*\.css$/u.test(url);
}

/** The moment, on the page's clock, at which `text` first stands in a heading. Called before the page is opened. */
export async function noteHeading(page: Page, text: string): Promise<() => Promise<number>> {
  await page.addInitScript((wanted) => {
    const look = () => {
      const there = [...document.querySelectorAll("h1, h2")].some((one) => one.textContent === wanted);
      if (there && Reflect.get(globalThis, "headingAt") === undefined)
        Reflect.set(globalThis, "headingAt", performance.now());
    };
    new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  }, text);
  return async () => {
    const at = await page.evaluate(() => Number(Reflect.get(globalThis, "headingAt")));
    if (Number.isNaN(at)) throw new Error(`no heading says ${text}`);
    return at;
  };
}

function noteLongTasks(): void {
  const tasks: { readonly at: number; readonly ms: number }[] = [];
  Reflect.set(globalThis, "longTasks", tasks);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) tasks.push({ at: entry.startTime, ms: entry.duration });
  }).observe({ type: "longtask", buffered: true });
}

function readTimings(until: number) {
  const finished = performance
    .getEntries()
    .filter((one) => one instanceof PerformanceResourceTiming)
    .filter((one) => one.responseEnd > 0 && one.responseEnd <= until)
    .map((one) => one.name);
  const all: unknown = Reflect.get(globalThis, "longTasks");
  let longTaskMs = 0;
  for (const task of Array.isArray(all) ? all : []) {
    const value: unknown = task;
    if (typeof value !== "object" || value === null) continue;
    if (Number(Reflect.get(value, "at")) <= until) longTaskMs += Number(Reflect.get(value, "ms"));
  }
  const firstPaintMs = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? Number.NaN;
  return { finished, longTaskMs, firstPaintMs };
}
