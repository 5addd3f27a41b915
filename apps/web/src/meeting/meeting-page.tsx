import { build, type EntryView } from "@sekisho/contract";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { navigate, useParam } from "../app-shell/location.ts";
import { EntryScreen } from "../features/entry/entry-screen.tsx";
import { WaitingScreen } from "../features/waiting/waiting-screen.tsx";
import { loadWords, useWords } from "../i18n/words.ts";
import { Waiting } from "../ui/progress.tsx";
import type { Screen } from "./flow.ts";
import { useFlow } from "./use-flow.ts";

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
  const [page] = await Promise.all([import("../features/entry/stop-screen.tsx"), loadWords("stop")]);
  return { default: page.StopScreen };
}
const StopScreen = lazy(loadStop);

/** `/m/:link`: entry, waiting room, meeting and end are one address; the state decides. */
export function MeetingPage(): ReactNode {
  const link = useParam("link");
  return <OneMeeting key={link} link={link} />;
}

type Flow = ReturnType<typeof useFlow>;

function OneMeeting({ link }: { link: string }): ReactNode {
  const flow = useFlow(link, build);
  const { screen } = flow;
  useEffect(() => void loadStop().catch(() => undefined), []);
  useEffect(() => {
    if (screen.kind === "waiting" || screen.kind === "entering") void loadRoom();
  }, [screen.kind]);
  switch (screen.kind) {
    case "opening":
      return <Opening />;
    case "entry":
      return flow.entry === null ? (
        <Opening />
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
      return <Inside flow={flow} screen={screen} />;
    case "stop":
      return (
        <Suspense fallback={<Opening />}>
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

function Opening(): ReactNode {
  const t = useWords("entry");
  return (
    <main id="main" tabIndex={-1} style={{ display: "grid", placeContent: "center", minBlockSize: "100dvh" }}>
      <Waiting>{t("opening")}</Waiting>
    </main>
  );
}

type InsideScreen = Extract<Screen, { kind: "waiting" | "entering" | "room" }>;

/** The waiting screen stays until the room can be drawn, so that being admitted is said where one waited. */
function Inside({ flow, screen }: { flow: Flow; screen: InsideScreen }): ReactNode {
  const wait = <WaitOrEnter flow={flow} screen={screen} />;
  if (screen.kind !== "room") return wait;
  return (
    <Suspense fallback={wait}>
      <RoomPage entrance={flow.meeting} onEvicted={flow.evicted} />
    </Suspense>
  );
}

function WaitOrEnter({ flow, screen }: { flow: Flow; screen: InsideScreen }): ReactNode {
  const t = useWords("entry");
  const { entry, state } = flow;
  const view = screen.kind === "waiting" ? screen.view : flow.waited;
  if (entry === null || view === null) return <Entering />;
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
        view.call !== null && (
          <Suspense>
            <ApplicantCall
              link={flow.meeting.link}
              admissionId={view.admissionId}
              call={view.call}
              high={level === "high"}
            />
          </Suspense>
        )
      }
    />
  );
}

function Entering(): ReactNode {
  const t = useWords("entry");
  return (
    <main id="main" tabIndex={-1} style={{ display: "grid", placeContent: "center", minBlockSize: "100dvh" }}>
      <Waiting>{t("entering")}</Waiting>
    </main>
  );
}

function Stopped({ flow, stop }: { flow: Flow; stop: Extract<Screen, { kind: "stop" }>["stop"] }): ReactNode {
  const account = flow.entry?.me.kind === "account";
  const acts: Partial<Record<typeof stop.kind, () => void>> = {
    left: flow.again,
    absent: flow.again,
    withdrawn: flow.again,
    elsewhere: flow.switchHere,
    unreachable: flow.retry,
    old: () => location.reload(),
    unsupported: copyLink,
    unprotected: copyLink,
  };
  const act = acts[stop.kind];
  const home = account && (stop.kind === "ended" || stop.kind === "left");
  return (
    <StopScreen
      kind={stop.kind}
      organisation={flow.entry?.organisation.name ?? ""}
      {...("reference" in stop ? { reference: stop.reference } : {})}
      {...(act === undefined ? {} : { onAct: act })}
      {...(home ? { onHome: () => navigate("/") } : {})}
    />
  );
}

function copyLink(): void {
  void navigator.clipboard?.writeText(location.href);
}
