export * from "./people.ts";
export * from "./policy.ts";
export * from "./room.ts";
export * from "./steps.ts";
export * from "./invariants.ts";
export * from "./barriers.ts";
