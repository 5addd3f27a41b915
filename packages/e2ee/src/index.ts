export * from "./group/group.ts";
export * from "./frames/index.ts";
export { base64url } from "./group/bytes.ts";
export { groupEngine } from "./group/engine.ts";
