import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { MediaGrants } from "@sekisho/domain";
import { judgeClientFrame } from "./client-frames.ts";
import { bytesField, concat, latin1, readFields, textField, varintField } from "./protobuf.ts";
import { judgeServerFrame, ticketFrame } from "./server-frames.ts";
import { createTrackLedger } from "./track-ledger.ts";

const all: MediaGrants = {
  subscribe: true,
  sources: ["microphone", "camera", "screenShare", "screenShareAudio"],
};
const context = (grants: MediaGrants = all) => ({
  grants,
  tracks: createTrackLedger(),
  preferAeadSrtp: true,
});
const addTrack = (cid: string, type: number, source: number, ...more: Uint8Array[]) =>
  bytesField(4, concat([textField(1, cid), varintField(3, type), varintField(8, source), ...more]));
const token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJzb21lYm9keSJ9.c2lnbmF0dXJlc2lnbmF0dXJl";

describe("[SEC-2] from the page", () => {
  test("the kinds a page needs pass unchanged", () => {
    for (const kind of [2, 3, 5, 6, 7, 8, 10, 12, 16, 17, 18]) {
      const frame = textField(kind, "body");
      expect(judgeClientFrame(frame, context())).toEqual({ do: "pass", frame, leaving: kind === 8 });
    }
    expect(judgeClientFrame(varintField(14, 1), context())).toMatchObject({ do: "pass" });
  });

  test("subscription permission, simulation, metadata, data tracks and everything unknown is dropped", () => {
    for (const kind of [9, 11, 13, 15, 19, 20, 21, 22, 23, 24, 100, 2 ** 29 - 1]) {
      expect(judgeClientFrame(textField(kind, "body"), context())).toEqual({ do: "drop" });
    }
  });

  test("two requests in one frame, none, or no message at all is refused", () => {
    const two = concat([textField(3, "a"), textField(15, "b")]);
    for (const frame of [two, new Uint8Array(), Uint8Array.of(0xff), Uint8Array.of(0x0b)]) {
      expect(judgeClientFrame(frame, context())).toEqual({ do: "refuse" });
    }
  });

  test("[ENC-6] later offers are turned as well", () => {
    const frame = bytesField(1, concat([textField(1, "offer"), textField(2, "a=setup:actpass\r\n")]));
    const verdict = judgeClientFrame(frame, context());
    expect(verdict.do === "pass" && latin1(verdict.frame)).toContain("a=setup:active\r\n");
  });

  test("an offer that sends more than the sources can need is refused", () => {
    const section = (mid: number) => `m=video 9 x\r\na=mid:${mid}\r\na=sendonly\r\n`;
    const offer = (n: number) =>
      bytesField(1, textField(2, Array.from({ length: n }, (_, mid) => section(mid)).join("")));
    expect(judgeClientFrame(offer(4), context())).toMatchObject({ do: "pass" });
    expect(judgeClientFrame(offer(5), context())).toEqual({ do: "refuse" });
  });
});

describe("[SEC-2] a new track", () => {
  test("is allowed when type and source agree and the right is there", () => {
    for (const [type, source] of [
      [1, 1],
      [0, 2],
      [1, 3],
      [0, 4],
    ] as const) {
      expect(judgeClientFrame(addTrack("a", type, source), context())).toMatchObject({ do: "pass" });
    }
  });

  test("a video that calls itself a microphone, and every other contradiction, is refused", () => {
    const lies = [
      [1, 2],
      [0, 1],
      [0, 3],
      [1, 4],
      [2, 1],
      [1, 0],
      [1, 5],
      [1, 2 ** 32 + 1],
    ] as const;
    for (const [type, source] of lies) {
      expect(judgeClientFrame(addTrack("a", type, source), context())).toEqual({ do: "refuse" });
    }
  });

  test("a value given twice is refused: which one counts would be the reader's choice", () => {
    const sid = textField(11, "TR_1");
    for (const more of [varintField(8, 2), varintField(3, 0), textField(1, "a"), concat([sid, sid])]) {
      expect(judgeClientFrame(addTrack("a", 0, 2, more), context())).toEqual({ do: "refuse" });
    }
  });

  test("without the right the page gets LiveKit's own kind of refusal", () => {
    const verdict = judgeClientFrame(
      addTrack("a", 1, 1),
      context({ subscribe: true, sources: ["microphone"] }),
    );
    expect(verdict.do).toBe("answer");
    expect(verdict.do === "answer" && readFields(verdict.frame)?.[0]?.number).toBe(22);
  });

  test("a second one of the same source is not passed", () => {
    const same = context();
    expect(judgeClientFrame(addTrack("a", 1, 1), same)).toMatchObject({ do: "pass" });
    expect(judgeClientFrame(addTrack("b", 1, 1), same)).toMatchObject({ do: "answer" });
  });

  test("free text that others would be shown is left out", () => {
    const frame = addTrack("a", 1, 1, textField(2, "call me"), textField(15, "at home"));
    const verdict = judgeClientFrame(frame, context());
    expect(verdict.do === "pass" && latin1(verdict.frame)).not.toMatch(/call me|at home/);
  });
});

describe("from LiveKit", () => {
  test("a fresh token becomes a fresh ticket; a room change, data tracks and everything unknown is dropped", () => {
    expect(judgeServerFrame(textField(16, token), createTrackLedger())).toEqual({ do: "renew" });
    for (const kind of [7, 24, 27, 28, 29, 30, 31, 32, 1000]) {
      expect(judgeServerFrame(textField(kind, "x"), createTrackLedger())).toEqual({ do: "drop" });
    }
    expect([...ticketFrame("ticket")].slice(0, 3)).toEqual([0x82, 0x01, 6]);
  });

  test("nothing that looks like a signed token passes in any field", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.string(), (kind, text) => {
        const frame = bytesField(kind, concat([textField(1, text), textField(2, token)]));
        expect(judgeServerFrame(frame, createTrackLedger()).do).not.toBe("pass");
      }),
    );
  });

  test("a join tells the participant's id and loses the address of another server", () => {
    const join = bytesField(
      1,
      concat([bytesField(2, textField(1, "PA_1")), textField(7, "https://elsewhere")]),
    );
    const verdict = judgeServerFrame(join, createTrackLedger());
    expect(verdict).toMatchObject({ do: "pass", participantSid: "PA_1" });
    expect(verdict.do === "pass" && latin1(verdict.frame)).not.toContain("elsewhere");
  });

  test("two messages in one frame are dropped", () => {
    const frame = concat([textField(5, "a"), textField(16, token)]);
    expect(judgeServerFrame(frame, createTrackLedger())).toEqual({ do: "drop" });
  });

  test("answers keep the ledger", () => {
    const tracks = createTrackLedger();
    tracks.request("camera", "c");
    judgeServerFrame(bytesField(6, concat([textField(1, "c"), bytesField(2, textField(1, "TR_1"))])), tracks);
    expect(tracks.extend("camera", "TR_1")).toBe(true);
    judgeServerFrame(bytesField(17, textField(1, "TR_1")), tracks);
    expect(tracks.extend("camera", "TR_1")).toBe(false);
  });

  test("[ADM-4] that a track is sent on is LiveKit's word, of a track that there is, and as long as it is there", () => {
    const tracks = createTrackLedger();
    const published = bytesField(6, concat([textField(1, "c"), bytesField(2, textField(1, "TR_1"))]));
    const subscribed = bytesField(23, textField(1, "TR_1"));
    judgeServerFrame(subscribed, tracks);
    expect(tracks.sentOn()).toEqual([]);
    tracks.request("camera", "c");
    judgeServerFrame(published, tracks);
    expect(tracks.sentOn()).toEqual([]);
    expect(judgeServerFrame(subscribed, tracks)).toMatchObject({ do: "pass" });
    expect(tracks.sentOn()).toEqual(["TR_1"]);
    // From the page it is no message at all: it would be one of LiveKit's to the page.
    expect(judgeClientFrame(subscribed, context())).toEqual({ do: "drop" });
    judgeServerFrame(bytesField(17, textField(1, "TR_1")), tracks);
    expect(tracks.sentOn()).toEqual([]);
  });
});

test("hostile frames never throw, in either direction", () => {
  const message = fc.letrec<{ bytes: Uint8Array }>((tie) => ({
    bytes: fc.oneof(
      { maxDepth: 3 },
      fc.uint8Array({ maxLength: 40 }),
      fc
        .array(fc.tuple(fc.integer({ min: 1, max: 32 }), fc.oneof(fc.nat(), tie("bytes"))), { maxLength: 6 })
        .map((fields) =>
          concat(
            fields.map(([number, value]) =>
              typeof value === "number" ? varintField(number, value) : bytesField(number, value),
            ),
          ),
        ),
    ),
  })).bytes;
  const same = context();
  fc.assert(
    fc.property(message, fc.integer({ min: 1, max: 32 }), (bytes, kind) => {
      for (const frame of [bytes, bytesField(kind, bytes)]) {
        judgeClientFrame(frame, same);
        judgeServerFrame(frame, same.tracks);
      }
    }),
    { numRuns: 1_000 },
  );
});
