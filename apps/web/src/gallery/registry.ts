import type { GalleryState } from "./state.ts";

interface Registration {
  readonly states: readonly GalleryState[];
}

const modules = import.meta.glob<Registration>(
  ["./states/*.tsx", "../features/*/*.gallery.tsx", "../meeting/*.gallery.tsx"],
  {
    eager: true,
  },
);

/** Each feature registers its states by exporting `states` from `<feature>.gallery.tsx`. */
export const registry: readonly GalleryState[] = Object.values(modules).flatMap((module) => module.states);
