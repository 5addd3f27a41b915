import { standardClasses } from "@sekisho/domain";
import type { OrganisationClasses } from "@sekisho/contract";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { Note } from "../../ui/note.tsx";
import { withChoice, type Classes } from "./class-model.ts";
import { ClassesView, type ClassesViewProps } from "./classes-view.tsx";

const standard: Classes = {
  high: { ...standardClasses.high },
  medium: { ...standardClasses.medium },
  low: { ...standardClasses.low },
};
const own: Classes = {
  ...standard,
  high: {
    ...standard.high,
    definition: {
      ja: "役員会の資料、与信の判断、お客様の財務情報（文書規程 第 4 条）",
      en: "Board papers, credit decisions, customers' finances (document rules, section 4)",
    },
  },
  medium: withChoice(standard.medium, "locks", "screenShare", "1"),
};
const saved: OrganisationClasses = {
  version: 7,
  home: "JP",
  classes: own,
  standard,
  versions: [
    {
      version: 7,
      at: Date.UTC(2026, 10, 18, 1, 0),
      by: "桐生 真帆",
      changed: [{ level: "medium", part: "lock", field: "screenShare" }],
    },
    {
      version: 5,
      at: Date.UTC(2026, 10, 2, 5, 30),
      by: null,
      changed: [{ level: "high", part: "definition", field: null }],
    },
  ],
};
const quiet = () => undefined;
const none = { problems: [], tightened: { high: 0, medium: 0, low: 0 }, live: 0 };

function state(id: string, props: () => Partial<ClassesViewProps>): GalleryState {
  return {
    id: `classes/${id}`,
    words: ["classes", "rules", "account", "shell"],
    render: () => (
      <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="organisation">
        <ClassesView
          saved={saved}
          draft={{ home: "JP", classes: own }}
          effect={none}
          working={false}
          problem={null}
          onChange={quiet}
          onSave={quiet}
          {...props()}
        />
      </Frame>
    ),
  };
}

export const states: readonly GalleryState[] = [
  state("high", () => ({})),
  state("medium-changed", () => ({
    initialLevel: "medium",
    effect: { problems: [], tightened: { high: 0, medium: 10, low: 2 }, live: 1 },
  })),
  state("standard", () => ({
    initialLevel: "low",
    saved: { ...saved, classes: standard, versions: [] },
    draft: { home: "JP", classes: standard },
  })),
  state("problems", () => ({
    initialLevel: "low",
    effect: {
      ...none,
      problems: [
        { level: "medium", code: "higher_class_is_opener", field: "chat" },
        { level: "low", code: "nothing_guards_the_link", field: "passcodeRequired" },
      ],
    },
  })),
  state("looking", () => ({ effect: undefined })),
  state("saving", () => ({ working: true })),
  state("stale", () => ({
    problem: <Note tone="danger">{wordsOf(currentLanguage(), "classes")("stale")}</Note>,
  })),
];
