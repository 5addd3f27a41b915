import { capabilities, nameProblem } from "@sekisho/domain";
import { expect, test } from "vitest";
import { z } from "zod";
import { errorStatus } from "./errors.ts";
import { allRoutes } from "./routes.ts";
import { admissionView, meetingFacts } from "./views/entry.ts";
import { banView, roomMeta } from "./views/room.ts";

const routes = allRoutes.map((route) => [route.id, route] as const);

function duplicates(values: readonly string[]): readonly string[] {
  return values.filter((value, index) => values.indexOf(value) !== index);
}

function parameters(path: string): readonly string[] {
  return [...path.matchAll(/:(\w+)/gu)].map((hit) => hit[1] ?? "");
}

/** Every schema inside a schema, itself included. */
function* schemasIn(schema: z.ZodType, seen = new Set<z.ZodType>()): Generator<z.ZodType> {
  if (seen.has(schema)) return;
  seen.add(schema);
  yield schema;
  const definition: Record<string, unknown> = { ...schema._zod.def };
  for (const value of Object.values(definition)) yield* nested(value, seen);
}

function* nested(value: unknown, seen: Set<z.ZodType>): Generator<z.ZodType> {
  if (value instanceof z.ZodType) yield* schemasIn(value, seen);
  else if (Array.isArray(value)) for (const one of value) yield* nested(one, seen);
  else if (typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype)
    for (const one of Object.values(value)) yield* nested(one, seen);
}

test("[OPS-3] ids, and methods with paths, are unique", () => {
  expect(duplicates(allRoutes.map(({ id }) => id))).toEqual([]);
  const addresses = allRoutes.map(({ method, path }) => `${method} ${path.replace(/:\w+/gu, ":_")}`);
  expect(duplicates(addresses)).toEqual([]);
});

test.each(routes)(
  "[MTG-5] %s: the path's parameters are the schema's, no more and no fewer",
  (_id, route) => {
    const shape = route.params instanceof z.ZodObject ? Object.keys(route.params.shape) : null;
    expect(shape?.toSorted()).toEqual([...parameters(route.path)].toSorted());
  },
);

test("[MTG-5] nothing behind a meeting's link is set by a query parameter", () => {
  for (const route of allRoutes.filter(({ path }) => path.includes(":link"))) {
    expect(route.query.safeParse({}).success).toBe(true);
    for (const loosening of [{ passcode: "x" }, { waitingRoom: "false" }, { name: "x" }, { skip: "1" }])
      expect(route.query.safeParse(loosening).success).toBe(false);
  }
});

test.each(routes)("[OPS-3] %s: objects are strict at every depth, in and out", (_id, route) => {
  for (const part of [route.params, route.query, route.body, route.response])
    for (const schema of schemasIn(part)) {
      if (!(schema instanceof z.ZodObject)) continue;
      expect(schema._zod.def.catchall).toBeInstanceOf(z.ZodNever);
    }
});

const hostile = ["__proto__", "constructor", "extra"].map((key): unknown => JSON.parse(`{"${key}":{"a":1}}`));

test.each(routes)("[OPS-3] %s: unknown fields are refused, and no prototype is touched", (_id, route) => {
  for (const body of hostile) {
    for (const schema of [route.body, route.query, route.params]) {
      const parsed = schema.safeParse(body);
      // Where only `__proto__` is sent, ignoring it is as good as refusing it.
      if (parsed.success) expect(parsed.data ?? {}).toEqual({});
    }
    expect(Object.getOwnPropertyNames(Object.prototype)).not.toContain("a");
  }
  expect(route.body.safeParse({ ...sample(route.body), extra: 1 }).success).toBe(false);
});

function sample(schema: z.ZodType): object {
  return schema instanceof z.ZodObject
    ? Object.fromEntries(Object.keys(schema.shape).map((key) => [key, undefined]))
    : {};
}

test.each(routes)(
  "[OPS-3] %s: a read changes nothing, and every error is one of the closed list, once",
  (_id, route) => {
    // But for the record that a table was taken out of the server.
    const audit = route.answers === "file" ? [] : route.audit;
    if (route.method === "GET") expect([audit, route.body.safeParse(undefined).success]).toEqual([[], true]);
    for (const code of route.errors) expect(Object.keys(errorStatus)).toContain(code);
    expect(duplicates(route.errors)).toEqual([]);
    expect(route.summary).not.toBe("");
  },
);

test("[ENC-1] the mode of encryption is always named to those who wait and those who are in, and is one of two", () => {
  for (const view of [meetingFacts, roomMeta]) {
    expect(view.shape.encryption.options).toEqual(["e2ee", "transport"]);
    expect(view.shape.encryption.safeParse(undefined).success).toBe(false);
  }
});

test("[ADM-10] the longest name that the rules accept fits the views that show it", () => {
  const name = "𠮷".repeat(64);
  expect(nameProblem(name)).toBeNull();
  const waiting = {
    state: "waiting",
    admissionId: "a".repeat(22),
    displayName: name,
    affiliation: name,
    badge: "unverified",
    requestedAt: 1,
    hostStarted: false,
    sentBack: false,
    hostMessage: "",
    call: null,
  };
  expect(admissionView.safeParse(waiting).success).toBe(true);
  const row = { id: "a".repeat(22), kind: "removed", displayName: name, affiliation: name, at: 1 };
  expect(banView.safeParse(row).success).toBe(true);
});

test("[SEC-2] every capability of a live route exists, and every host's ability has a route", () => {
  const used = new Set<string>();
  for (const { access } of allRoutes) if (access.kind === "live") used.add(access.capability);
  const known = new Set<string>(["participant", ...capabilities]);
  expect([...used].filter((one) => !known.has(one))).toEqual([]);
  const elsewhere = /^(?:media\.|lobby\.view|participant\.rename|passcode\.show|breakout\.)/u;
  expect(capabilities.filter((one) => !used.has(one) && !elsewhere.test(one))).toEqual([]);
});

test("[OPS-3] a code answers with the status that fits it", () => {
  for (const [code, status] of Object.entries(errorStatus)) {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(code === "internal" || code === "busy" ? 504 : 500);
  }
});
