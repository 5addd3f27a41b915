export * from "./group/group.ts";
export * from "./frames/frames.ts";
