/** What one participant can publish, by kind. The names are those LiveKit's clients use, in camel case. */
export const mediaSources = ["microphone", "camera", "screenShare", "screenShareAudio"] as const;

export type MediaSource = (typeof mediaSources)[number];

/**
 * What one participant may do with media at the SFU (SEC-2). Computed from capabilities, enforced by the SFU.
 * An empty `sources` forbids publishing; it never means "everything". Data packets are in no grant: chat and
 * files go through the server.
 */
export type MediaGrants = {
  readonly subscribe: boolean;
  readonly sources: readonly MediaSource[];
};

/** Neither hears, sees nor sends. What unknown or missing rights fall back to. */
export const noGrants: MediaGrants = { subscribe: false, sources: [] };

/** True when both allow the same; order and repetition of sources mean nothing. */
export function grantsEqual(a: MediaGrants, b: MediaGrants): boolean {
  return (
    a.subscribe === b.subscribe &&
    mediaSources.every((source) => a.sources.includes(source) === b.sources.includes(source))
  );
}
