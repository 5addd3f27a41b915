import { sampleId, sampleTime } from "../api/live/samples.ts";
import {
  ApplicantCallView,
  type ApplicantCallViewProps,
} from "../features/verification-call/applicant-call-view.tsx";
import { facts } from "../features/waiting/waiting.gallery.tsx";
import { WaitingView } from "../features/waiting/waiting-view.tsx";
import { sample } from "../gallery/sample.ts";
import type { GalleryState } from "../gallery/state.ts";
import { MediaContext } from "../media/media-context.ts";
import { noMedia, noPersonMedia, type MediaState } from "../media/media-state.ts";
import { stillMedia } from "./room.gallery.tsx";

const nothing = () => undefined;
const own = sampleId("sself");
const other = sampleId("skiryu");

const on = { on: true, busy: false, problem: null } as const;
const connected: MediaState = {
  ...noMedia,
  phase: "connected",
  microphone: on,
  camera: on,
  people: new Map([
    [own, { ...noPersonMedia, camera: "own", microphone: true }],
    [other, { ...noPersonMedia, camera: "other", microphone: true }],
  ]),
};

function state(
  id: string,
  change: Partial<ApplicantCallViewProps>,
  media: Partial<MediaState> = {},
): GalleryState {
  return {
    id: `waiting/call-${id}`,
    words: ["waiting", "media", "facts", "verification-call"],
    render: () => (
      <WaitingView
        organisation={sample("みどり野銀行", "Midorino Bank")}
        classLabel={sample("機密性 高", "Confidentiality: high")}
        facts={facts()}
        view={{
          state: "waiting",
          admissionId: sampleId("a"),
          displayName: "勅使河原 万里江",
          affiliation: sample("山吹台大学附属病院", "Yamabukidai University Hospital"),
          badge: "unverified",
          requestedAt: sampleTime,
          hostStarted: true,
          sentBack: false,
          hostMessage: "",
          call: { state: "asked" },
        }}
        long={false}
        lost={false}
        admitted={false}
        keying={false}
        leaving={false}
        devices={{
          microphone: "untested",
          microphoneStream: null,
          camera: "off",
          cameraStream: null,
          tryMicrophone: nothing,
          withoutMicrophone: nothing,
          turnCamera: nothing,
        }}
        onLeave={nothing}
        call={
          <MediaContext value={stillMedia({ ...connected, ...media })}>
            <ApplicantCallView
              phase="running"
              own={own}
              busy={false}
              problem={null}
              onAccept={nothing}
              onDecline={nothing}
              onEnd={nothing}
              onHere={nothing}
              {...change}
            />
          </MediaContext>
        }
      />
    ),
  };
}

const denied = { on: false, busy: false, problem: "denied" } as const;

export const states: readonly GalleryState[] = [
  state("asked", { phase: "asked" }),
  state("accepting", { phase: "asked", busy: true }),
  state("over", { phase: "asked", problem: "call_over" }),
  state("connecting", {}, { phase: "connecting", people: new Map() }),
  state("running", {}),
  state("muted", {}, { microphone: { ...on, on: false }, camera: { ...on, on: false } }),
  state("denied", {}, { microphone: denied, camera: denied, audioBlocked: true }),
  state("elsewhere", { phase: "elsewhere" }),
];
