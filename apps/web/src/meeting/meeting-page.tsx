import { build, type EntryView } from "@sekisho/contract";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { useParam } from "../app-shell/location.ts";
import { EntryScreen } from "../features/entry/entry-screen.tsx";
import { WaitingScreen } from "../features/waiting/waiting-screen.tsx";
import { loadWords, useWords } from "../i18n/words.ts";
import type { MeetingKeys } from "../keys/meeting-keys.ts";
import { Waiting } from "../ui/progress.tsx";
import type { Screen } from "./flow.ts";
import { useFlow } from "./use-flow.ts";
import { useMeetingKeys } from "./use-meeting-keys.ts";

/** Fetched while the person waits, never before they have asked to join: code, words and the media library. */
async function loadRoom() {
  const [page] = await Promise.all([
    import("./room-page.tsx"),
    loadWords("live", "room", "host-controls", "chat", "media"),
  ]);
  return { default: page.RoomPage };
}

const RoomPage = lazy(loadRoom);

/** In the same file, which has come while the person waits; only its words are fetched when a call is asked for. */
const ApplicantCall = lazy(async () => {
  const [page] = await Promise.all([import("./room-page.tsx"), loadWords("verification-call")]);
  return { default: page.ApplicantCall };
});

/** A host's, so that no guest pays for it. */
const HostCheck = lazy(async () => {
  const [part] = await Promise.all([import("./host-check.tsx"), loadWords("meeting-detail", "account")]);
  return { default: part.HostCheck };
});

/** Comes right behind the first screen: when the server cannot be reached it has to be here already. */
async function loadStop() {
  const [page] = await Promise.all([import("./stopped.tsx"), loadWords("stop")]);
  return { default: page.Stopped };
}
const Stopped = lazy(loadStop);

/** `/m/:link`: entry, waiting room, meeting and end are one address; the state decides. */
export function MeetingPage(): ReactNode {
  const link = useParam("link");
  return <OneMeeting key={link} link={link} />;
}

export type Flow = ReturnType<typeof useFlow>;

function OneMeeting({ link }: { link: string }): ReactNode {
  const flow = useFlow(link, build);
  const { screen } = flow;
  const { admission } = flow.state;
  // Whoever says so first: what comes later says no less (ENC-1).
  const encrypted = flow.entry?.meeting?.encryption === "e2ee" || (admission !== null && "keys" in admission);
  const keys = useMeetingKeys(flow.meeting, encrypted);
  useEffect(() => void loadStop().catch(() => undefined), []);
  useEffect(() => {
    if (screen.kind === "waiting" || screen.kind === "entering") void loadRoom();
  }, [screen.kind]);
  switch (screen.kind) {
    case "opening":
      return <Pause words="opening" />;
    case "entry":
      return flow.entry === null ? (
        <Pause words="opening" />
      ) : (
        <EntryScreen
          view={flow.entry}
          build={build}
          ask={flow.meeting.commands.ask}
          link={flow.meeting.link}
          address={flow.meeting.commands.address}
          onProved={flow.reread}
          onAnswer={flow.told}
          onFailure={flow.failed}
          check={checkFor(flow.entry)}
        />
      );
    case "waiting":
    case "entering":
    case "room":
      return <Inside flow={flow} screen={screen} keys={keys} />;
    case "stop":
      return (
        <Suspense fallback={<Pause words="opening" />}>
          <Stopped flow={flow} stop={screen.stop} />
        </Suspense>
      );
  }
}

function checkFor({ me }: EntryView): ReactNode {
  if (me.kind !== "account" || me.meetingId === null) return null;
  return (
    <Suspense fallback={null}>
      <HostCheck meetingId={me.meetingId} riskOpen={me.riskOpen} />
    </Suspense>
  );
}

function Pause({ words }: { words: "opening" | "entering" }): ReactNode {
  const t = useWords("entry");
  return (
    <main id="main" tabIndex={-1} style={{ display: "grid", placeContent: "center", minBlockSize: "100dvh" }}>
      <Waiting>{t(words)}</Waiting>
    </main>
  );
}

type InsideScreen = Extract<Screen, { kind: "waiting" | "entering" | "room" }>;

interface InsideProps {
  flow: Flow;
  screen: InsideScreen;
  /** Null while they are being opened; undefined where the mode is transport. */
  keys: MeetingKeys | null | undefined;
}

/** The waiting screen stays until the room can be drawn, so that being admitted is said where one waited. */
function Inside({ flow, screen, keys }: InsideProps): ReactNode {
  const wait = <WaitOrEnter flow={flow} screen={screen} keys={keys} />;
  if (screen.kind !== "room" || keys === null) return wait;
  return (
    <Suspense fallback={wait}>
      <RoomPage entrance={flow.meeting} keys={keys} onEvicted={flow.evicted} />
    </Suspense>
  );
}

function WaitOrEnter({ flow, screen, keys }: InsideProps): ReactNode {
  const t = useWords("entry");
  const { entry, state } = flow;
  const view = screen.kind === "waiting" ? screen.view : flow.waited;
  if (entry === null || view === null) return <Pause words="entering" />;
  const level = entry.meeting?.confidentiality;
  return (
    <WaitingScreen
      organisation={entry.organisation.name}
      classLabel={level === undefined ? "" : t(`class.${level}`)}
      facts={entry.meeting}
      view={view}
      lost={state.connection === "lost"}
      admitted={screen.kind !== "waiting"}
      keying={state.admission?.state === "admitted" && state.admission.keying === true}
      clockAhead={state.clockAhead}
      withdraw={flow.meeting.commands.withdraw}
      call={
        screen.kind === "waiting" &&
        view.call !== null &&
        keys !== null && (
          <Suspense>
            <ApplicantCall
              link={flow.meeting.link}
              admissionId={view.admissionId}
              call={view.call}
              high={level === "high"}
              keys={keys}
            />
          </Suspense>
        )
      }
    />
  );
}
