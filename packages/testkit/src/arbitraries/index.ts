export * from "./people.ts";
export * from "./policy.ts";
export * from "./room.ts";
