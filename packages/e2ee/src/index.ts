export * from "./group/group.ts";
export * from "./frames/index.ts";
export { groupEngine } from "./group/engine.ts";
