/** Prometheus metrics (OPS-3): counts and times only. Labels are routes and classes of answers, never ids or addresses. */
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from "prom-client";

export type HttpAnswer = {
  readonly method: string;
  /** The route's pattern, with its parameters unfilled. */
  readonly route: string;
  readonly status: number;
  readonly ms: number;
};

export type MetricsSources = {
  readonly sfuConnections: () => number;
  readonly database: () => { readonly total: number; readonly idle: number; readonly waiting: number };
  readonly listening: () => boolean;
};

export type Metrics = {
  observe(answer: HttpAnswer): void;
  read(): Promise<string>;
  readonly contentType: string;
};

export function createMetrics(sources: MetricsSources): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: "sekisho_http_request_seconds",
    help: "Time to answer a request",
    labelNames: ["method", "route", "answer"] as const,
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  });
  const refusals = new Counter({
    name: "sekisho_http_too_many_total",
    help: "Requests refused by a limit",
    registers: [registry],
  });
  gauge(registry, "sekisho_sfu_connections", "Connections through the SFU gate", sources.sfuConnections);
  gauge(registry, "sekisho_database_connections", "Connections of the pool", () => sources.database().total);
  gauge(
    registry,
    "sekisho_database_idle",
    "Connections of the pool without work",
    () => sources.database().idle,
  );
  gauge(
    registry,
    "sekisho_database_waiting",
    "Queries that wait for a connection",
    () => sources.database().waiting,
  );
  gauge(registry, "sekisho_listener_up", "1 while the database's listener is in touch", () =>
    sources.listening() ? 1 : 0,
  );
  return {
    contentType: registry.contentType,
    observe({ method, route, status, ms }) {
      requests.observe({ method, route, answer: `${Math.floor(status / 100)}xx` }, ms / 1000);
      if (status === 429) refusals.inc();
    },
    read: () => registry.metrics(),
  };
}

function gauge(registry: Registry, name: string, help: string, read: () => number): void {
  new Gauge({
    name,
    help,
    registers: [registry],
    collect() {
      this.set(read());
    },
  });
}
