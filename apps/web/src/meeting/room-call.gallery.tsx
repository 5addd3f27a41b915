import type { LobbyRowView } from "@sekisho/contract";
import { capabilities } from "@sekisho/domain";
import { sampleId, sampleRow, sampleTime } from "../api/live/samples.ts";
import { sample } from "../gallery/sample.ts";
import type { GalleryState } from "../gallery/state.ts";
import { noPersonMedia, type PersonMedia } from "../media/media-state.ts";
import { lobby, roomState, type RoomStateOptions } from "./room.gallery.tsx";

const applicant = sampleId("steshigawara");
const self = sampleId("self");

function row(change: Partial<LobbyRowView>): LobbyRowView {
  return sampleRow("teshigawara", {
    displayName: "勅使河原 万里江",
    affiliation: sample("山吹台大学附属病院 経営企画室", "Yamabukidai University Hospital, Planning"),
    requestedAt: sampleTime,
    ...change,
  });
}

const mine = (running: boolean): LobbyRowView["call"] => ({
  verifierId: self,
  verifierName: "佐久間 里奈",
  running: running ? { since: sampleTime, sfuIdentity: applicant } : null,
});
const shown = (voice: boolean, face: boolean) => ({ toId: self, voice, face });

function pictures(theirs: Partial<PersonMedia> | null): RoomStateOptions["media"] {
  const on: PersonMedia = { ...noPersonMedia, camera: "a", microphone: true };
  const people = new Map([[sampleId("sself"), on]]);
  if (theirs !== null) people.set(applicant, { ...on, ...theirs });
  return { people, speakers: [] };
}

function calling(
  id: string,
  change: Partial<LobbyRowView>,
  media: RoomStateOptions["media"] = {},
  more: Partial<RoomStateOptions> = {},
): GalleryState {
  return roomState(`call-${id}`, () => ({
    checking: "teshigawara",
    lobby: [row(change)],
    media: media ?? {},
    meta: {
      role: "verifier",
      capabilities: [...capabilities],
      lobby: lobby({ verifier: { name: "佐久間 里奈", present: true, me: true } }),
    },
    ...more,
  }));
}

export const states: readonly GalleryState[] = [
  calling("idle", {}),
  calling("asked", { call: mine(false), shown: shown(false, false) }),
  calling("connecting", { call: mine(true), shown: shown(false, false) }, pictures(null)),
  calling("running", { call: mine(true), shown: shown(true, false) }, pictures({ speaking: true })),
  calling("shown", { call: mine(true), shown: shown(true, true) }, pictures({})),
  calling("no-picture", { call: mine(true), shown: shown(false, false) }, pictures({ camera: null })),
  calling("done", { shown: shown(true, true) }),
  calling("other", {
    call: { ...mine(true), verifierId: sampleId("kiryu"), verifierName: "桐生 真帆", running: null },
  }),
  calling(
    "e2ee",
    {},
    {},
    {
      meta: {
        encryption: "e2ee",
        lobby: lobby({ verifier: { name: "佐久間 里奈", present: true, me: true } }),
      },
    },
  ),
];
