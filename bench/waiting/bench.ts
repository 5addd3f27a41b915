/** 10,000 people waiting: what each costs the server, and how long the host waits for "admit all". */
import { Agent, request as httpRequest } from "node:http";
import { setTimeout as delay } from "node:timers/promises";
import { build } from "@sekisho/contract";
import { z } from "zod";
import { versionOf } from "../lib/machine.ts";
import { figure, type Outcome, type Row } from "../lib/report.ts";
import { maximum, median, quantile } from "../lib/stats.ts";
import { openLine, sseRequest, wsRequest, type Line } from "./line.ts";
import { startServer, type Kind, type Server, type Usage } from "./server.ts";

const people = 10_000;
const perMeeting = 1000;
const linesAtOnce = 200;
const holdMs = 20_000;

type Held = {
  readonly kind: Kind;
  /** Bytes a stream, collected heap and buffers; the same of the whole process's resident memory. */
  readonly heldBytes: number;
  readonly rssBytes: number;
  /** CPU time of the server: µs to accept one, µs a second to hold one. */
  readonly acceptUs: number;
  readonly holdUs: number;
};
type Admission = {
  readonly acknowledgedMs: number;
  readonly lastToldMs: number;
  /** Told without the ticket, which they then have to ask for. */
  readonly withoutTicket: number;
};
type Guest = { readonly link: string; readonly cookie: string; readonly id: string };

export async function run(options: readonly string[]): Promise<Outcome> {
  const rounds = Number(options[0] ?? 3);
  const held: Held[] = [];
  const joinUs: number[] = [];
  const personBytes: number[] = [];
  const admissions: Admission[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (const kind of ["sse", "ws"] as const) {
      await using server = await startServer(kind);
      held.push(
        await holdLines(
          server,
          kind,
          Array.from({ length: people }, () => bareRequest(kind)),
        ).result,
      );
      console.log(JSON.stringify(held.at(-1)));
    }
    await using server = await startServer("ours", people / perMeeting);
    const before = await server.usage();
    const guests = await askAll(server);
    const asked = await server.usage();
    joinUs.push(((asked.cpuMs - before.cpuMs) * 1000) / people);
    personBytes.push((asked.held - before.held) / people);
    const requests = guests.map((guest) => sseRequest(`/api/m/${guest.link}/stream`, guest.cookie));
    const { result, lines } = holdLines(server, "ours", requests);
    held.push(await result);
    console.log(JSON.stringify(held.at(-1)), figure(joinUs.at(-1) ?? 0));
    for (const meeting of server.meetings) {
      admissions.push(await admitAll(server, meeting.link, guests, await lines));
      console.log(JSON.stringify(admissions.at(-1)));
    }
  }
  return report({ held, joinUs, personBytes, admissions, rounds });
}

function bareRequest(kind: "sse" | "ws"): string {
  return kind === "ws" ? wsRequest : sseRequest("/", "");
}

/** Opens all lines, some at a time; measures the server before, after, and over a while of holding. */
function holdLines(server: Server, kind: Kind, requests: readonly string[]) {
  const lines: Line[] = [];
  const opened = Promise.withResolvers<readonly Line[]>();
  async function measure(): Promise<Held> {
    const before = await server.usage();
    for (let at = 0; at < requests.length; at += linesAtOnce) {
      const some = requests.slice(at, at + linesAtOnce).map((request) => openLine(server.origin, request));
      await Promise.all(some.map((line) => line.waiting));
      lines.push(...some);
    }
    const open = await server.usage();
    await delay(holdMs);
    const after = await server.usage();
    opened.resolve(lines);
    if (kind !== "ours") for (const line of lines) line.close();
    return perLine(kind, before, open, after);
  }
  return { result: measure(), lines: opened.promise };
}

function perLine(kind: Kind, before: Usage, open: Usage, after: Usage): Held {
  return {
    kind,
    heldBytes: (after.held - before.held) / people,
    rssBytes: (after.rss - before.rss) / people,
    acceptUs: ((open.cpuMs - before.cpuMs) * 1000) / people,
    holdUs: ((after.cpuMs - open.cpuMs) * 1000) / people / (holdMs / 1000),
  };
}

const agent = new Agent({ keepAlive: true, maxSockets: 32 });
/** After a pause the server may be closing a kept connection at this very moment. */
const fresh = new Agent();
const admissionView = z.object({ state: z.literal("waiting"), admissionId: z.string() });

async function askAll(server: Server): Promise<readonly Guest[]> {
  const guests: Guest[] = [];
  let next = 0;
  async function ask(): Promise<void> {
    while (next < people) {
      const index = next;
      next += 1;
      const meeting = server.meetings[index % server.meetings.length];
      if (meeting === undefined) throw new Error("no meeting");
      const body = {
        displayName: `Guest ${index}`,
        affiliation: "Example",
        passcode: null,
        build,
      };
      const answer = await post(server, `/api/m/${meeting.link}/requests`, "", body);
      const { admissionId } = admissionView.parse(JSON.parse(answer.text));
      guests.push({ link: meeting.link, cookie: answer.cookie, id: admissionId });
    }
  }
  await Promise.all(Array.from({ length: 32 }, ask));
  return guests;
}

const rowOutcome = z.object({ done: z.array(z.string()), skipped: z.array(z.unknown()) });

/** From the host's press of "admit all" to the answer that it is done, and to the last person who was told. */
async function admitAll(
  server: Server,
  link: string,
  guests: readonly Guest[],
  lines: readonly Line[],
): Promise<Admission> {
  const own = guests.flatMap((guest, index) => (guest.link === link ? [{ guest, line: lines[index] }] : []));
  const rows = own.map(({ guest }) => ({ admissionId: guest.id, revision: 1 }));
  const started = performance.now();
  const answer = await post(server, `/api/m/${link}/admit`, server.hostCookie, {
    rows,
    method: null,
    standInReason: null,
  });
  const acknowledgedMs = performance.now() - started;
  const outcome = rowOutcome.parse(JSON.parse(answer.text));
  if (outcome.done.length !== rows.length) throw new Error("not everybody was admitted");
  const told = await Promise.all(
    own.map(({ line }) => line?.admitted ?? Promise.reject(new Error("no line"))),
  );
  const lastToldMs = Math.max(...told.map((one) => one.at)) - started;
  const withoutTicket = told.filter((one) => !one.ticket).length;
  for (const { line } of own) line?.close();
  return { acknowledgedMs, lastToldMs, withoutTicket };
}

type Answered = { readonly text: string; readonly cookie: string };

function post(server: Server, path: string, cookie: string, body: unknown): Promise<Answered> {
  const text = JSON.stringify(body);
  return new Promise((resolve, reject) => {
    const headers = {
      origin: server.origin,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(text),
      ...(cookie === "" ? {} : { cookie }),
    };
    const by = cookie === "" ? agent : fresh;
    const sent = httpRequest(server.origin + path, { method: "POST", agent: by, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        const answer = Buffer.concat(chunks).toString();
        if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode} ${answer}`));
        const pairs = (response.headers["set-cookie"] ?? []).map((one) => one.split(";")[0]);
        resolve({ text: answer, cookie: pairs.join("; ") });
      });
    });
    sent.on("error", reject);
    sent.end(text);
  });
}

type Counted = {
  readonly held: readonly Held[];
  readonly joinUs: readonly number[];
  readonly personBytes: readonly number[];
  readonly admissions: readonly Admission[];
  readonly rounds: number;
};

function report(counted: Counted): Outcome {
  const { held, admissions, rounds } = counted;
  const of = (kind: Kind, field: Exclude<keyof Held, "kind">) =>
    median(held.filter((one) => one.kind === kind).map((one) => one[field]));
  const row = (measure: string, unit: string, field: Exclude<keyof Held, "kind">, scale = 1): Row[] => {
    const ours = of("ours", field) / scale;
    return (["sse", "ws"] as const).map((kind) => ({
      measure,
      unit,
      ours,
      peer: {
        name: kind === "sse" ? "bare node:http event stream" : "bare ws",
        value: of(kind, field) / scale,
      },
      goal: kind === "sse" ? { text: "≤ 1.5 ×", reached: ours <= 1.5 * (of("sse", field) / scale) } : null,
    }));
  };
  const acknowledged = admissions.map((one) => one.acknowledgedMs);
  const told = admissions.map((one) => one.lastToldMs);
  const missing = admissions.map((one) => one.withoutTicket);
  return {
    title: "10,000 people in the waiting room",
    versions: { ws: versionOf("ws"), fastify: versionOf("fastify") },
    method: [
      `Each server in a process of its own; ${people} connections from one client process over loopback; ${rounds} rounds, rotated, medians. The bare servers send a first message as long as ours and a beat every 2 s, as ours does.`,
      `Ours is the whole product over HTTP on a durable PostgreSQL: ${people / perMeeting} meetings with ${perMeeting} guests each, everybody registered through the product's routes without a passcode, the host inside.`,
      `A stream's memory is what the collected heap and its buffers grew by, from before the first stream to ${holdMs / 1000} s after the last; the people's own records are told apart. CPU is the server process's own, user and system.`,
      "Admit all: one request of the host names all 1,000 rows of one meeting while the other waiting people stay connected; acknowledged is the host's answer, told is when the last of the 1,000 has the good news with the ticket in it.",
    ],
    rows: [
      ...row("memory a waiting stream", "KiB", "heldBytes", 1024),
      ...row("resident memory a waiting stream", "KiB", "rssBytes", 1024).map((one) => ({
        ...one,
        goal: null,
      })),
      ...row("CPU to accept a stream", "µs", "acceptUs"),
      ...row("CPU to hold a stream for a second", "µs", "holdUs"),
      absolute("memory of a person's record", "KiB", median(counted.personBytes) / 1024),
      absolute("CPU to take a request to join (HTTP, rules, log)", "µs", median(counted.joinUs)),
      {
        ...absolute("admit all of 1,000, acknowledged (median)", "ms", median(acknowledged)),
        goal: { text: "≤ 250 ms", reached: median(acknowledged) <= 250 },
      },
      {
        ...absolute("admit all of 1,000, acknowledged (slowest)", "ms", quantile(acknowledged, 1)),
        goal: { text: "≤ 250 ms", reached: quantile(acknowledged, 1) <= 250 },
      },
      absolute("admit all of 1,000, the last one told (median)", "ms", median(told)),
      {
        ...absolute("told without a ticket, of 1,000 (worst)", "people", maximum(missing)),
        goal: { text: "0", reached: maximum(missing) === 0 },
      },
    ],
    notes: [],
    samples: counted,
  };
}

function absolute(measure: string, unit: string, ours: number): Row {
  return { measure, unit, ours, peer: null, goal: null };
}
