import type { MeetingSummary } from "@sekisho/contract";
import type { ReactNode } from "react";
import { sample } from "../sample.ts";
import type { GalleryState } from "../state.ts";
import { Frame } from "../../app-shell/frame.tsx";
import { HomeView, type HomeViewProps } from "../../features/home/home-view.tsx";
import { StartNow } from "../../features/home/start-now.tsx";

const now = Date.UTC(2026, 10, 24, 6, 48);
const hour = 3_600_000;
const words = ["home", "account", "shell"] as const;

type Given = Partial<MeetingSummary> & { readonly startsAt: number; readonly minutes: number };

function meeting(id: number, topic: string, given: Given): MeetingSummary {
  const { startsAt, minutes, ...rest } = given;
  return {
    id: `00000000-0000-4000-8000-00000000000${id}`,
    topic,
    confidentiality: "medium",
    link: "7qV0w4Kx9mZpR2sTbN8cLd",
    next: { startsAt, endsAt: startsAt + minutes * 60_000, localStart: "2026-11-24T16:00" },
    timeZone: "Asia/Tokyo",
    recurring: false,
    hostName: "佐久間 里奈",
    mine: true,
    people: { invited: 3, external: 2 },
    status: "scheduled",
    ...rest,
  };
}

function meetings(): MeetingSummary[] {
  return [
    meeting(1, sample("融資条件のご説明", "Loan terms: first discussion"), {
      startsAt: now + 12 * 60_000,
      minutes: 60,
    }),
    meeting(2, sample("支店長定例", "Branch managers’ weekly"), {
      startsAt: now + 18.2 * hour,
      minutes: 45,
      recurring: true,
      people: { invited: 8, external: 0 },
    }),
    meeting(3, sample("システム更改の見積もり確認", "System renewal: quotation review"), {
      startsAt: now + 22 * hour,
      minutes: 60,
      mine: false,
      hostName: "桐生 真帆",
    }),
    meeting(4, sample("事業承継セミナー", "Seminar: succession planning for family businesses"), {
      startsAt: now + 72 * hour,
      minutes: 120,
      confidentiality: "low",
      people: { invited: 64, external: 60 },
    }),
    meeting(5, sample("経営会議の事前打ち合わせ", "経営会議の事前打ち合わせ"), {
      startsAt: now + 140 * hour,
      minutes: 30,
      status: "cancelled",
      people: { invited: 0, external: 0 },
    }),
  ];
}

const quiet = { onScope: () => undefined, onMore: undefined, onStartNow: () => undefined, now };

function Home(props: Partial<HomeViewProps>): ReactNode {
  return (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area="meetings">
      <HomeView {...quiet} scope="upcoming" meetings={meetings()} {...props} />
    </Frame>
  );
}

export const states: readonly GalleryState[] = [
  { id: "home/next", words, render: () => <Home /> },
  {
    id: "home/live",
    words,
    render: () => (
      <Home meetings={meetings().map((one, index) => (index === 0 ? { ...one, status: "live" } : one))} />
    ),
  },
  { id: "home/empty", words, render: () => <Home meetings={[]} /> },
  { id: "home/past", words, render: () => <Home scope="past" onMore={() => undefined} /> },
  { id: "home/past-empty", words, render: () => <Home scope="past" meetings={[]} /> },
  {
    id: "home/start-now",
    words,
    render: () => (
      <>
        <Home />
        <StartNow
          classes={undefined}
          defaultTopic={sample("打ち合わせ", "Meeting")}
          onClose={() => undefined}
          onStarted={() => undefined}
        />
      </>
    ),
  },
];
