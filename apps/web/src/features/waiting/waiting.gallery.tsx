import type { MeetingFacts } from "@sekisho/contract";
import type { GalleryState } from "../../gallery/state.ts";
import { sample } from "../../gallery/sample.ts";
import type { DeviceCheckActions, DeviceCheckState } from "../../media/use-device-check.ts";
import { WaitingView, type WaitingViewProps } from "./waiting-view.tsx";
import type { WaitingView as View } from "./waiting-model.ts";

const nothing = () => undefined;
const requestedAt = Date.UTC(2026, 10, 24, 7, 2);

export function facts(): MeetingFacts {
  return {
    confidentiality: "high",
    encryption: "transport",
    visibility: "private",
    startsAt: requestedAt,
    endsAt: requestedAt + 3_600_000,
    timeZone: "Asia/Tokyo",
    topic: null,
    region: { label: sample("東京", "Tokyo"), country: "JP" },
    recording: "none",
    verification: "person",
    waitingRoom: true,
    signInNeeded: false,
    passcodeNeeded: true,
    addressNeeded: false,
    registrationNeeded: false,
    participantVideo: false,
    nameRule: "free",
    toSay: { agreement: null, device: false },
  };
}

function own(change: Partial<View> = {}): View {
  return {
    state: "waiting",
    admissionId: "a000000000000000",
    displayName: "勅使河原 万里江",
    affiliation: "山吹台大学附属病院",
    badge: "unverified",
    requestedAt,
    hostStarted: true,
    sentBack: false,
    hostMessage: "",
    call: null,
    ...change,
  };
}

const devices: DeviceCheckState & DeviceCheckActions = {
  microphone: "untested",
  microphoneStream: null,
  camera: "off",
  cameraStream: null,
  tryMicrophone: nothing,
  withoutMicrophone: nothing,
  turnCamera: nothing,
};

function state(id: string, change: () => Partial<WaitingViewProps>): GalleryState {
  return {
    id: `waiting/${id}`,
    words: ["waiting", "media", "facts"],
    render: () => (
      <WaitingView
        organisation={sample("みどり野銀行", "Midorino Bank")}
        classLabel={sample("機密性 高", "Confidentiality: high")}
        facts={facts()}
        view={own()}
        long={false}
        lost={false}
        admitted={false}
        keying={false}
        leaving={false}
        devices={devices}
        onLeave={nothing}
        call={false}
        {...change()}
      />
    ),
  };
}

export const states: readonly GalleryState[] = [
  state("waiting", () => ({
    view: own({
      badge: "verified",
      hostMessage: sample(
        "前の打ち合わせが少し延びています。16:05 ごろにお呼びします。",
        "Our meeting before this one takes a little longer. We call you at about 16:05.",
      ),
    }),
  })),
  state("early", () => ({ view: own({ hostStarted: false }) })),
  state("rules", () => ({ view: own({ sentBack: true, byRules: true }) })),
  state("rules-anew", () => ({ view: own({ sentBack: true, byRules: true, askAnew: true }) })),
  state("back", () => ({ view: own({ sentBack: true }) })),
  state("long", () => ({ long: true })),
  state("lost", () => ({ lost: true })),
  state("admitted", () => ({ admitted: true })),
  state("keying", () => ({ admitted: true, keying: true })),
  state("leaving", () => ({ leaving: true })),
  state("without-facts", () => ({ facts: null, view: own({ badge: "account" }) })),
];
