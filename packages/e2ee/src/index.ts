export * from "./group/group.ts";
export * from "./frames/index.ts";
