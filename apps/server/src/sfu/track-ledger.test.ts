import { describe, expect, test } from "vitest";
import { mediaSections, offerActive } from "./sdp.ts";
import { createTrackLedger } from "./track-ledger.ts";

type Section = readonly [media: string, mid: string, direction: string, trackId?: string];

function sections(...list: readonly Section[]) {
  const parts = list.map(([media, mid, direction, trackId]) => {
    const id = trackId === undefined ? [] : [`a=msid:- ${trackId}`];
    return [`m=${media} 9 UDP/TLS/RTP/SAVPF 96`, `a=mid:${mid}`, `a=${direction}`, ...id].join("\r\n");
  });
  return mediaSections(["v=0", ...parts, ""].join("\r\n")) ?? [];
}

describe("[SEC-2] one track of each source is alive at once", () => {
  test("a second camera is refused, the same request again is not", () => {
    const tracks = createTrackLedger();
    expect(tracks.request("camera", "a")).toBe(true);
    expect(tracks.request("camera", "a")).toBe(true);
    expect(tracks.request("camera", "b")).toBe(false);
    expect(tracks.request("screenShare", "a")).toBe(false);
    expect(tracks.request("screenShare", "b")).toBe(true);
  });

  test("the next one is allowed when the SFU says that it receives the first no more", () => {
    const tracks = createTrackLedger();
    tracks.request("screenShare", "a");
    tracks.offered(sections(["video", "1", "sendonly", "a"]));
    tracks.answered(sections(["video", "1", "recvonly"]));
    // The client's word alone is not enough.
    tracks.offered(sections(["video", "1", "inactive"]));
    expect(tracks.request("screenShare", "b")).toBe(false);
    tracks.answered(sections(["video", "1", "inactive"]));
    expect(tracks.request("screenShare", "b")).toBe(true);
  });

  test("where the browser gives tracks other ids in the SDP, sections are taken in order", () => {
    const tracks = createTrackLedger();
    tracks.request("camera", "a");
    tracks.request("microphone", "m");
    tracks.offered(sections(["audio", "0", "sendonly", "{1}"], ["video", "1", "sendonly", "{2}"]));
    tracks.answered(sections(["audio", "0", "recvonly"], ["video", "1", "recvonly"]));
    tracks.offered(sections(["audio", "0", "sendonly", "{1}"], ["video", "1", "inactive"]));
    tracks.answered(sections(["audio", "0", "recvonly"], ["video", "1", "inactive"]));
    expect(tracks.request("camera", "b")).toBe(true);
    expect(tracks.request("microphone", "n")).toBe(false);
  });

  test("LiveKit's own words count: unpublished, refused", () => {
    const tracks = createTrackLedger();
    tracks.request("camera", "a");
    tracks.published("a", "TR_1");
    tracks.refused("a");
    expect(tracks.request("camera", "b")).toBe(false);
    tracks.unpublished("TR_1");
    expect(tracks.request("camera", "b")).toBe(true);
    tracks.refused("b");
    expect(tracks.request("camera", "c")).toBe(true);
  });

  test("a codec is added to a track of the same source only", () => {
    const tracks = createTrackLedger([{ sid: "TR_1", source: "camera" }]);
    expect(tracks.extend("camera", "TR_1")).toBe(true);
    expect(tracks.extend("screenShare", "TR_1")).toBe(false);
    expect(tracks.extend("camera", "TR_2")).toBe(false);
    expect(tracks.request("camera", "b")).toBe(false);
  });

  test("a page sends on no more sections than its sources need; listening on many is fine", () => {
    const tracks = createTrackLedger();
    const audio = (n: number) => Array.from({ length: n }, (_, i) => ["audio", `a${i}`, "sendonly"] as const);
    const listening = Array.from({ length: 200 }, (_, i) => ["video", `v${i}`, "recvonly"] as const);
    expect(tracks.offered(sections(...audio(2), ...listening))).toBe(true);
    expect(tracks.offered(sections(...audio(3)))).toBe(false);
  });
});

describe("SDP", () => {
  test("a section without a direction sends and receives", () => {
    expect(mediaSections("v=0\nm=audio 9 x\na=mid:0\n")).toEqual([
      { media: "audio", mid: "0", sends: true, receives: true, trackId: undefined },
    ]);
  });

  test("a rejected section does neither", () => {
    expect(mediaSections("m=video 0 x\r\na=mid:0\r\na=sendrecv")).toMatchObject([
      { sends: false, receives: false },
    ]);
  });

  test("too many sections are not read", () => {
    expect(mediaSections("m=audio 9 x\n".repeat(1001))).toBeUndefined();
  });

  test("[ENC-6] only actpass is turned", () => {
    expect(offerActive("a=setup:passive\r\na=setup:actpass\na=setup:active")).toBe(
      "a=setup:passive\r\na=setup:active\na=setup:active",
    );
  });
});
