/** The `/v2` surface: Zoom's shapes (BAR-12). */
export * from "./bulk.ts";
export * from "./define.ts";
export * from "./errors.ts";
export * from "./events.ts";
export * from "./meeting-shapes.ts";
export * from "./routes.ts";
export * from "./scopes.ts";
export * from "./shapes.ts";
