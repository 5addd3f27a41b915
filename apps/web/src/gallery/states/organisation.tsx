import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import {
  OrganisationView,
  type Organisation,
  type OrganisationViewProps,
} from "../../features/organisation/organisation-view.tsx";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import type { GalleryState } from "../state.ts";

const words = ["organisation", "account", "shell"] as const;

const organisation: Organisation = {
  name: "みどり野銀行",
  address: "https://meet.midorino.example",
  rules: {
    screenShareAtMedium: false,
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
    screenShareAtMedium: true,
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

export const states: readonly GalleryState[] = [
  state("organisation/fresh", () => ({})),
  state("organisation/strict", () => ({ organisation: strict })),
  state("organisation/saving", () => ({ working: true })),
  state("organisation/problem", () => ({
    problem: wordsOf(currentLanguage(), "account")("error.unreachable"),
  })),
];
