import type { GalleryState } from "../gallery/state.ts";
import { currentLanguage, wordsOf } from "../i18n/words.ts";
import { GuestFrame } from "../ui/guest-frame.tsx";
import { RiskNote } from "./host-check.tsx";

export const states: readonly GalleryState[] = [
  {
    id: "entry/risk-open",
    words: ["entry", "meeting-detail"],
    render: () => (
      <GuestFrame organisation="みどり野銀行">
        <h1>{wordsOf(currentLanguage(), "entry")("title")}</h1>
        <RiskNote href="/meetings/1/edit" />
      </GuestFrame>
    ),
  },
];
