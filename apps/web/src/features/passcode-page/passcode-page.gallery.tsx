import type { GalleryState } from "../../gallery/state.ts";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { PasscodePageView, type PasscodePageViewProps } from "./passcode-page-view.tsx";

const quiet = () => undefined;

function state(name: string, change: () => Partial<PasscodePageViewProps>): GalleryState {
  return {
    id: `passcode-page/${name}`,
    words: ["passcode-page", "account"],
    render: () => (
      <PasscodePageView
        stage={{ kind: "ask" }}
        code=""
        working={false}
        problem={undefined}
        onCode={quiet}
        onAsk={quiet}
        onOpen={quiet}
        {...change()}
      />
    ),
  };
}

export const states: readonly GalleryState[] = [
  state("ask", () => ({})),
  state("sending", () => ({ working: true })),
  state("code", () => ({ stage: { kind: "code" }, code: "123456" })),
  state("refused", () => ({
    stage: { kind: "code" },
    problem: wordsOf(currentLanguage(), "passcode-page")("refused"),
  })),
  state("shown", () => ({ stage: { kind: "shown", passcode: "KH4T9WRM3X" } })),
];
