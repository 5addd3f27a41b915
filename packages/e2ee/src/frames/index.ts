export * from "./frames.ts";
export * from "./messages.ts";
export { createFrameKeys } from "./frame-keys.ts";
