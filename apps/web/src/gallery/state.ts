import type { ReactNode } from "react";
import type { Namespace } from "../i18n/catalogues.ts";

/** One enumerated state of a screen or a primitive, drawn from fixed data. */
export interface GalleryState {
  /** Unique: feature and state, e.g. `home/empty`. */
  readonly id: string;
  /** Catalogues it needs besides `common`. */
  readonly words?: readonly Namespace[];
  readonly render: (lang: "ja" | "en") => ReactNode;
}
