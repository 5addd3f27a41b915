import { gunzipSync, gzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { plainJoinRequest, wrapJoinRequest } from "../../../../packages/testkit/src/contract-suites/sfu.ts";
import { readJoinRequest } from "./join-request.ts";
import { bytesField, concat, latin1, onlyBytes, readFields, textField, varintField } from "./protobuf.ts";

const options = { preferAeadSrtp: true, maxBytes: 64 * 1024 };
const offer = (sdp: string) =>
  bytesField(6, concat([textField(1, "offer"), textField(2, sdp), varintField(3, 7)]));

function rewrittenSdp(encoded: string): string {
  const wrapped = readFields(Buffer.from(encoded, "base64url")) ?? [];
  const join = readFields(gunzipSync(onlyBytes(wrapped, 2) ?? new Uint8Array())) ?? [];
  const description = readFields(onlyBytes(join, 6) ?? new Uint8Array()) ?? [];
  return latin1(onlyBytes(description, 2) ?? new Uint8Array());
}

describe("what a page sends", () => {
  test("a first join and a resume are told apart", () => {
    expect(readJoinRequest(plainJoinRequest(), options)).toMatchObject({ resume: false, participantSid: "" });
    const resume = plainJoinRequest(varintField(7, 1), textField(9, "PA_abcDEF123"));
    expect(readJoinRequest(resume, options)).toMatchObject({ resume: true, participantSid: "PA_abcDEF123" });
  });

  test("packed with gzip or not, padded or not", () => {
    const join = concat([bytesField(1, varintField(1, 1))]);
    expect(readJoinRequest(wrapJoinRequest(gzipSync(join), 1), options)).toBeDefined();
    expect(readJoinRequest(wrapJoinRequest(join).replaceAll("=", ""), options)).toBeDefined();
  });

  test("[ENC-6] the offer makes the browser the DTLS client; nothing else in it changes", () => {
    const sdp = "v=0\r\na=setup:actpass\r\nm=audio 9\r\na=setup:actpass\r\na=x:a=setup:actpass y\r\n";
    const read = readJoinRequest(plainJoinRequest(offer(sdp)), options);
    expect(rewrittenSdp(read?.encoded ?? "")).toBe(
      "v=0\r\na=setup:active\r\nm=audio 9\r\na=setup:active\r\na=x:a=setup:actpass y\r\n",
    );
    const as = readJoinRequest(plainJoinRequest(offer(sdp)), { ...options, preferAeadSrtp: false });
    expect(rewrittenSdp(as?.encoded ?? "")).toBe(sdp);
  });

  test("what goes upstream is padded", () => {
    expect((readJoinRequest(plainJoinRequest(), options)?.encoded.length ?? 1) % 4).toBe(0);
  });
});

describe("[SEC-2] what no page sends is refused", () => {
  test.each([
    ["metadata", textField(3, "{}")],
    ["attributes", bytesField(4, concat([textField(1, "role"), textField(2, "host")]))],
    ["tracks that would pass by the check", bytesField(5, varintField(8, 3))],
    ["sync state", bytesField(10, new Uint8Array())],
    ["a field that does not exist yet", textField(11, "x")],
    ["a doubled offer", concat([offer("v=0"), offer("v=0")])],
    ["an offer that is no message", bytesField(6, Uint8Array.of(0x0b))],
    ["resume as 2", varintField(7, 2)],
    ["an id with other characters", textField(9, "PA_../x")],
  ])("%s", (_what, extra) => {
    expect(readJoinRequest(plainJoinRequest(extra), options)).toBeUndefined();
  });

  test("a gzip bomb unpacks to no more than the limit", () => {
    // Well-formed, so that nothing but its size can be the reason.
    const bomb = wrapJoinRequest(gzipSync(bytesField(1, Buffer.alloc(50 * 1024 * 1024))), 1);
    expect(readJoinRequest(bomb, options)).toBeUndefined();
    expect(readJoinRequest(wrapJoinRequest(new Uint8Array(70_000)), options)).toBeUndefined();
  });

  test("another compression, other characters, more around it", () => {
    expect(readJoinRequest(wrapJoinRequest(new Uint8Array(), 2), options)).toBeUndefined();
    expect(readJoinRequest("a+b/", options)).toBeUndefined();
    expect(readJoinRequest("", options)).toBeUndefined();
    const more = Buffer.from(concat([bytesField(2, new Uint8Array()), textField(3, "x")])).toString(
      "base64url",
    );
    expect(readJoinRequest(more, options)).toBeUndefined();
  });

  test("hostile input never throws", () => {
    const wrapped = fc
      .tuple(fc.uint8Array({ maxLength: 500 }), fc.constantFrom(0, 1, 2), fc.boolean())
      .map(([bytes, compression, packed]) => wrapJoinRequest(packed ? gzipSync(bytes) : bytes, compression));
    fc.assert(
      fc.property(fc.oneof(fc.string(), wrapped), (text) => {
        const read = readJoinRequest(text, options);
        if (read) expect(readJoinRequest(read.encoded, options)).toMatchObject({ resume: read.resume });
      }),
    );
  });
});
