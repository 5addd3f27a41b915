import { createContext, useContext, useSyncExternalStore } from "react";
import { noMedia, noPersonMedia, type Media, type MediaState, type PersonMedia } from "./media-state.ts";
import { preferences, subscribePreferences, type Preferences } from "./preferences.ts";

export const MediaContext = createContext<Media | null>(null);

export function useMedia(): Media {
  const media = useContext(MediaContext);
  if (media === null) throw new Error("no media around this part of the page");
  return media;
}

export function useMediaState(): MediaState {
  const media = useContext(MediaContext);
  return useSyncExternalStore(media?.subscribe ?? never, media?.getState ?? (() => noMedia));
}

function never(): () => void {
  return () => undefined;
}

export function mediaOf(state: MediaState, identity: string): PersonMedia {
  return state.people.get(identity) ?? noPersonMedia;
}

export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribePreferences, preferences);
}
