/** What server and page agree on: routes, views, errors. Data only. */
export * from "./access.ts";
export * from "./define-route.ts";
export * from "./errors.ts";
export * from "./gate-close.ts";
export * from "./routes.ts";
export * from "./views/account.ts";
export { barrierEdit, barrierRulesView } from "./views/barriers.ts";
export type * from "./views/barriers.ts";
export * from "./views/breakouts.ts";
export * from "./views/entry.ts";
export * from "./v2/index.ts";
export * from "./views/integrations.ts";
export * from "./views/meeting.ts";
export * from "./views/room.ts";
export * from "./views/second-factor.ts";
export type * from "./views/report.ts";
export type * from "./views/settings.ts";
export { build } from "./build.ts";
