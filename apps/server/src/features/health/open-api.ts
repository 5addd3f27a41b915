/** The contract as OpenAPI 3.1: made from the same data that binds the routes, so that the two cannot differ. */
import { allRoutes, errorStatus, type Access, type ErrorCode, type Route } from "@sekisho/contract";
import { z } from "zod";

type Json = { [name: string]: unknown };

/** What every route may answer besides its own errors. */
const common: readonly ErrorCode[] = ["bad_request", "too_many_tries", "busy", "internal"];

export function openApiDocument(): Json {
  const paths: Record<string, Json> = {};
  for (const route of allRoutes) {
    // LiveKit calls it, signed; it is no part of what others may use.
    if (route.access.kind === "webhook") continue;
    const path = route.path.replaceAll(/:([A-Za-z]+)/gu, "{$1}");
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: operationOf(route) };
  }
  return {
    openapi: "3.1.0",
    jsonSchemaDialect: "https://json-schema.org/draft/2020-12/schema",
    info: {
      title: "Sekisho",
      version: "1",
      license: { name: "AGPL-3.0-or-later", identifier: "AGPL-3.0-or-later" },
    },
    servers: [{ url: "/" }],
    paths,
    components: {
      securitySchemes: {
        session: { type: "apiKey", in: "cookie", name: "__Host-sekisho-session" },
        guest: { type: "apiKey", in: "cookie", name: "__Host-sekisho-guest" },
        service: { type: "http", scheme: "bearer" },
      },
    },
  };
}

function operationOf(route: Route): Json {
  const body = schemaOf(route.body, "input");
  return {
    operationId: route.id,
    summary: route.summary,
    tags: [route.id.split(".")[0]],
    security: securityOf(route.access),
    "x-access": route.access,
    parameters: [...parametersOf(route, "path"), ...parametersOf(route, "query")],
    ...(body === null
      ? {}
      : { requestBody: { required: true, content: { "application/json": { schema: body } } } }),
    responses: { ...successOf(route), ...errorsOf(route) },
  };
}

function securityOf(access: Access): readonly Json[] {
  switch (access.kind) {
    case "public":
      return [{}];
    case "service":
      return [{ service: [] }];
    case "lobby":
    case "live":
      return [{ session: [] }, { guest: [] }];
    default:
      return [{ session: [] }];
  }
}

function parametersOf(route: Route, place: "path" | "query"): readonly Json[] {
  const schema = schemaOf(place === "path" ? route.params : route.query, "input") ?? {};
  const required = new Set(Array.isArray(schema["required"]) ? schema["required"] : []);
  return Object.entries(recordOf(schema["properties"])).map(([name, field]) => ({
    name,
    in: place,
    required: place === "path" || required.has(name),
    schema: field,
  }));
}

function successOf(route: Route): Json {
  if (route.answers === "empty") return { "204": { description: "Done" } };
  const schema = schemaOf(route.response, "output") ?? {};
  const type = route.answers === "stream" ? "text/event-stream" : contentTypeOf(route);
  return { "200": { description: route.summary, content: { [type]: { schema } } } };
}

function contentTypeOf(route: Route): string {
  if (route.answers !== "file" || route.path.endsWith(".json")) return "application/json";
  return route.path.endsWith(".ics") ? "text/calendar" : "text/plain";
}

/** One answer for each status, with the codes it may hold. */
function errorsOf(route: Route): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  const forAccess: readonly ErrorCode[] =
    route.access.kind === "public" ? [] : ["sign_in_required", "not_allowed", "client_too_old"];
  for (const code of new Set([...common, ...forAccess, ...route.errors]))
    byStatus.set(errorStatus[code], [...(byStatus.get(errorStatus[code]) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.join(", "), content: problem(codes) },
    ]),
  );
}

function problem(codes: readonly ErrorCode[]): Json {
  return {
    "application/json": {
      schema: {
        type: "object",
        required: ["code"],
        properties: {
          code: { type: "string", enum: codes },
          reference: { type: "string" },
          fields: { type: "array", items: { type: "string" } },
          details: { type: "array", items: { type: "string" } },
        },
      },
    },
  };
}

/** Null where nothing is sent. Checks that JSON Schema cannot express stay the server's. */
function schemaOf(schema: z.ZodType, io: "input" | "output"): Json | null {
  if (schema.safeParse(undefined).success && !schema.safeParse({}).success) return null;
  const {
    $schema: _dialect,
    "~standard": _standard,
    ...json
  } = z.toJSONSchema(schema, { io, unrepresentable: "any" });
  return json;
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
