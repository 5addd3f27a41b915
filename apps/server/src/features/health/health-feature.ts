/** Health, readiness, version, the contract, metrics (OPS-3). */
import { build, routes } from "@sekisho/contract";
import type { DatabaseHandle } from "../../platform/db/database.ts";
import { handle, type BoundRoute } from "../../platform/http/binder.ts";
import { HttpError } from "../../platform/http/http-error.ts";
import { createMetrics, type HttpAnswer } from "./metrics.ts";
import { openApiDocument } from "./open-api.ts";

export type HealthDeps = {
  readonly database: Pick<DatabaseHandle, "pool">;
  /** Whether this process's listener on the database is in touch (ADM-11). */
  readonly listening: () => boolean;
  /** Rejects, or answers false, where the media server does not. */
  readonly media: () => Promise<boolean>;
  /** Connections through the SFU gate of this process. */
  readonly connections: () => number;
  readonly minimumBuild: number;
  /** Which page is handed out; null: none. */
  readonly page: string | null;
  readonly seatKeptSeconds: number;
};

export type HealthFeature = {
  readonly routes: readonly BoundRoute[];
  /** Counts one answer of the HTTP server. */
  observe(answer: HttpAnswer): void;
};

/** A part that takes longer is not ready. */
const patienceMs = 2000;

export function createHealthFeature(deps: HealthDeps): HealthFeature {
  const { pool } = deps.database;
  const metrics = createMetrics({
    sfuConnections: deps.connections,
    listening: deps.listening,
    database: () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount }),
  });
  let contract: string | null = null;
  const { system } = routes;
  return {
    observe: metrics.observe,
    routes: [
      handle(system.healthLive, async () => ({ status: "ok" }) as const),
      handle(system.healthReady, async () => {
        const parts = await Promise.all([
          answers(() => pool.query("select 1").then(() => true)),
          answers(async () => deps.listening()),
          answers(deps.media),
        ]);
        if (parts.includes(false)) throw new HttpError("busy");
        return { status: "ready" } as const;
      }),
      handle(system.version, async () => versionOf(deps)),
      {
        route: system.openapi,
        async handle({ reply }) {
          contract ??= JSON.stringify(openApiDocument());
          reply.header("content-type", "application/json; charset=utf-8");
          return contract;
        },
      },
      handle(system.metrics, async ({ reply }) => {
        reply.header("content-type", metrics.contentType);
        return metrics.read();
      }),
    ],
  };
}

function versionOf({ minimumBuild, page, seatKeptSeconds }: HealthDeps) {
  return { build, minimumBuild, page, seatKeptSeconds };
}

async function answers(ask: () => Promise<boolean>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), patienceMs);
  });
  try {
    return await Promise.race([ask(), late]);
  } catch {
    return false;
  } finally {
    clearTimeout(timer);
  }
}
