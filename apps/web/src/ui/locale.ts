import { createContext, useContext } from "react";

/** Words every screen shares. They come from the catalogue; the primitives own none. */
export interface UiWords {
  readonly required: string;
  readonly close: string;
  readonly dismiss: string;
  readonly show: string;
  readonly hide: string;
  readonly undo: string;
}

export interface UiLocale {
  readonly lang: "ja" | "en";
  /** IANA name of the viewer's zone. */
  readonly timeZone: string;
  readonly words: UiWords;
}

export const UiLocaleContext = createContext<UiLocale>({
  lang: "ja",
  timeZone: "Asia/Tokyo",
  words: { required: "", close: "", dismiss: "", show: "", hide: "", undo: "" },
});

export function useUiLocale(): UiLocale {
  return useContext(UiLocaleContext);
}
