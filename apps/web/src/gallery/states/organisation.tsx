import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import {
  OrganisationView,
  type Organisation,
  type OrganisationViewProps,
} from "../../features/organisation/organisation-view.tsx";
import {
  FactSheetTextsView,
  type FactSheetTextsViewProps,
} from "../../features/organisation/fact-sheet-texts-view.tsx";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import { PageHead } from "../../ui/page.tsx";
import type { GalleryState } from "../state.ts";

const words = ["organisation", "account", "shell"] as const;

const organisation: Organisation = {
  name: "みどり野銀行",
  address: "https://meet.midorino.example",
  rules: {
    defaults: {
      confidentiality: null,
      muteOnEntry: true,
      hostVideo: false,
      participantVideo: false,
      durationMinutes: 60,
    },
    locks: {},
  },
};

const strict: Organisation = {
  ...organisation,
  rules: {
    defaults: { ...organisation.rules.defaults, confidentiality: "medium", durationMinutes: 50 },
    locks: {
      passcodeRequired: true,
      waitingRoom: true,
      joinBeforeHost: false,
      muteOnEntry: true,
      visibility: "private",
      whoMayJoin: "signedIn",
      screenShare: "hosts",
      chat: "nobody",
    },
  },
};

function state(id: string, props: () => Partial<OrganisationViewProps>): GalleryState {
  const render = (): ReactNode => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="organisation">
      <OrganisationView
        organisation={organisation}
        working={false}
        problem={undefined}
        onSave={() => undefined}
        {...props()}
      />
    </Frame>
  );
  return { id, words, render };
}

const none = { contact: { ja: "", en: "" }, kept: { ja: "", en: "" } };
const generated = {
  contact: {
    ja: "みどり野銀行の、あなたを招待した担当者に、ふだんの連絡方法でお問い合わせください。",
    en: "Ask the person at Midorino Bank who invited you, in the way you usually contact them.",
  },
  kept: { ja: "チャットは、会議が終わると削除します。", en: "Chat is deleted when the meeting ends." },
};

function sheet(id: string, change: Partial<FactSheetTextsViewProps>): GalleryState {
  const render = (): ReactNode => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="organisation">
      <PageHead title={wordsOf(currentLanguage(), "organisation")("title")} />
      <FactSheetTextsView
        texts={none}
        generated={generated}
        working={false}
        problem={undefined}
        onSave={() => undefined}
        {...change}
      />
    </Frame>
  );
  return { id: `organisation/sheet-${id}`, words, render };
}

export const states: readonly GalleryState[] = [
  sheet("generated", {}),
  sheet("own", { texts: { ...none, contact: { ja: "総務部 03-0000-0000", en: "General affairs" } } }),
  sheet("saving", { working: true }),
  state("organisation/fresh", () => ({})),
  state("organisation/strict", () => ({ organisation: strict })),
  state("organisation/saving", () => ({ working: true })),
  state("organisation/problem", () => ({
    problem: wordsOf(currentLanguage(), "account")("error.unreachable"),
  })),
];
