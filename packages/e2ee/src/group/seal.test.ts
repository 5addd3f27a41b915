import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mlsExporter } from "ts-mls/keySchedule.js";
import { derOfSignature, rawOfSignature } from "./der.ts";
import { foundBy } from "./found.ts";
import { joinBy } from "./join.ts";
import { meetingGroup } from "./meeting-group.ts";
import { digitsOf } from "./safety-code.ts";
import { candidate } from "./testing/insider.ts";
import { carriedOut, everything, groupOf, policyFor } from "./testing/people.ts";
import { privateMessageIn } from "./wire.ts";

const suites = ["p256", "p384"] as const;

async function three(suite: (typeof suites)[number]) {
  const [host, a, b] = await groupOf(suite, "a", "b");
  if (a === undefined || b === undefined) throw new Error("two joined");
  return { host, a, b };
}

describe.each(suites)("a message in suite %s", (suite) => {
  it("[ENC-5] has a length that tells only how many steps of 256 bytes it has", async () => {
    const { host, a } = await three(suite);
    for (const length of [0, 1, 100, 200, 255, 256, 1000, 16 * 1024]) {
      const content = crypto.getRandomValues(new Uint8Array(length));
      const sealed = await host.seal(content);
      const tag = 16;
      expect((privateMessageIn(sealed).ciphertext.length - tag) % 256).toBe(0);
      expect((await a.open(sealed)).content).toEqual(content);
    }
    await expect(host.seal(new Uint8Array(16 * 1024 + 1))).rejects.toThrow(RangeError);
  });

  it("[ENC-5] is opened once, in any order, in its epoch and the next, and then no more", async () => {
    const { host, a, b } = await three(suite);
    const sealed = await Promise.all([1, 2, 3, 4].map(async (one) => await host.seal(Uint8Array.of(one))));
    const [first, second, third, fourth] = sealed;
    if (!first || !second || !third || !fourth) throw new Error("four were sealed");
    expect((await a.open(third)).content).toEqual(Uint8Array.of(3));
    expect((await a.open(first)).content).toEqual(Uint8Array.of(1));
    await carriedOut(b, {}, [host, a]);
    expect((await a.open(second)).content).toEqual(Uint8Array.of(2));
    await expect(a.open(second)).rejects.toThrow("broken");
    await expect(a.open(first)).rejects.toThrow("broken");
    await carriedOut(b, {}, [host, a]);
    await expect(a.open(fourth)).rejects.toThrow("stale");
  });

  it("[ENC-5] opened while an own commit waited stays opened after it", async () => {
    const { host, a, b } = await three(suite);
    const waiting = await a.commit({});
    const sealed = await host.seal(Uint8Array.of(1));
    await a.open(sealed);
    a.confirm();
    await expect(a.open(sealed)).rejects.toThrow("broken");
    await host.receive(waiting.commit, everything);
    await b.receive(waiting.commit, everything);
    expect((await b.open(sealed)).content).toEqual(Uint8Array.of(1));
  });

  it("[ENC-5] sealed at once with others shares no key with them, and none is lost", async () => {
    const { host, a, b } = await three(suite);
    const all = await Promise.all([1, 2, 3, 4, 5].map(async (one) => await host.seal(Uint8Array.of(one))));
    const opened = await Promise.all(all.map(async (one) => (await a.open(one)).content[0]));
    expect(opened).toEqual([1, 2, 3, 4, 5]);
    const own = await b.commit({});
    const during = host.seal(Uint8Array.of(6));
    const received = host.receive(own.commit, everything);
    b.confirm();
    await a.receive(own.commit, everything);
    await received;
    expect((await b.open(await during)).content).toEqual(Uint8Array.of(6));
  });

  it("[ENC-5] that is being sealed when an own commit begins to hold is sealed anew, for the new epoch", async () => {
    const { own, means } = await candidate(suite, "host");
    let meanwhile = () => {};
    const signing = means.cs.signature;
    const sign: typeof signing.sign = async (key, message) => {
      meanwhile();
      return await signing.sign(key, message);
    };
    const slow = { ...means, cs: { ...means.cs, signature: { ...signing, sign } } };
    const host = meetingGroup(await foundBy(own, policyFor(suite, "host"), means), slow);
    const a = await candidate(suite, "a");
    const { welcome } = await host.commit({ add: [a.keyPackage] });
    meanwhile = () => {
      meanwhile = () => {};
      host.confirm();
    };
    const sealed = await host.seal(Uint8Array.of(1));
    expect(host.epoch).toBe(1);
    const joiner = meetingGroup(await joinBy(welcome ?? new Uint8Array(), a.own, a.means), a.means);
    expect((await joiner.open(sealed)).content).toEqual(Uint8Array.of(1));
  });

  it("[ENC-5] bent anywhere is refused, and the right one opens afterwards", async () => {
    const { host, a } = await three(suite);
    const sealed = await host.seal(Uint8Array.of(1));
    for (let at = 0; at < sealed.length; at += 31) {
      await expect(a.open(sealed.with(at, (sealed[at] ?? 0) ^ 4))).rejects.toThrow();
    }
    await expect(host.open(sealed)).rejects.toThrow();
    expect((await a.open(sealed)).from).toEqual(host.self);
  });

  it("[ENC-5] for one is for that one, from that one, here and now", async () => {
    const { host, a, b } = await three(suite);
    const letter = await a.sealTo("b", Uint8Array.of(1));
    for (let at = 0; at < letter.length; at += 13) {
      await expect(b.openFrom(letter.with(at, (letter[at] ?? 0) ^ 1))).rejects.toThrow();
    }
    await expect(a.sealTo("a", Uint8Array.of(1))).rejects.toMatchObject({ reason: "forbidden" });
    await expect(a.sealTo("nobody", Uint8Array.of(1))).rejects.toMatchObject({ reason: "forbidden" });
    const elsewhere = await three(suite);
    await expect(elsewhere.b.openFrom(letter)).rejects.toMatchObject({ reason: "foreign" });
    await carriedOut(host, {}, [a, b]);
    expect((await b.openFrom(letter)).from.member).toBe("a");
    await expect(b.openFrom(letter)).rejects.toMatchObject({ reason: "broken" });
    const next = await a.sealTo("b", Uint8Array.of(2));
    await carriedOut(b, {}, [a, host]);
    await expect(b.openFrom(next)).rejects.toMatchObject({ reason: "stale" });
  });

  it("[ENC-2] of nothing can be made or read once the group is forgotten", async () => {
    const { host, a } = await three(suite);
    const sealed = await host.seal(Uint8Array.of(1));
    a.forget();
    a.forget();
    await expect(a.open(sealed)).rejects.toThrow("forgotten");
    await expect(a.mediaBaseKey()).rejects.toThrow("forgotten");
    expect(() => a.members()).toThrow("forgotten");
  });

  it("[ENC-7] that sets a policy may remove somebody too", async () => {
    const { host, a, b } = await three(suite);
    await carriedOut(host, { policy: policyFor(suite, "host", "b"), remove: ["a"] }, [b]);
    expect(b.policy.admit).toEqual(["host", "b"]);
    expect(await b.safetyCode()).toBe(await host.safetyCode());
    await expect(a.safetyCode()).resolves.not.toBe(await host.safetyCode());
  });
});

describe("the media key", () => {
  it.each([
    ["p256", 16],
    ["p384", 32],
  ] as const)("[ENC-2] of %s is RFC 9605's: %s bytes by the name it has there", async (suite, length) => {
    const { own, means } = await candidate(suite, "host");
    const state = await foundBy(own, policyFor(suite, "host"), means);
    const { exporterSecret } = state.schedule;
    const key = await mlsExporter(exporterSecret, "SFrame 1.0 Base Key", new Uint8Array(), length, means.cs);
    expect(await meetingGroup(state, means).mediaBaseKey()).toEqual(key);
  });
});

describe("the digits and signatures", () => {
  it("[ENC-4] are five bytes modulo 100000 each, six times", () => {
    expect(digitsOf(new Uint8Array(32))).toBe("0".repeat(30));
    expect(digitsOf(new Uint8Array(48).fill(255))).toBe("27775".repeat(6));
    const bytes = Uint8Array.from({ length: 32 }, (_, at) => at * 7 + 3);
    expect(digitsOf(bytes).slice(0, 10)).toBe(first(bytes));
  });

  it("[ENC-2] has one DER form for each pair of numbers, and reads no other", () => {
    const half = 32;
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 64, maxLength: 64 }), fc.nat(70), (raw, at) => {
        const der = derOfSignature(raw);
        expect(rawOfSignature(der, half)).toEqual(raw);
        expect(rawOfSignature(Uint8Array.of(...der, 0), half)).toBeNull();
        const within = Uint8Array.of(...der.with(1, (der[1] ?? 0) + 1), 0);
        expect(rawOfSignature(within, half)).toBeNull();
        expect(rawOfSignature(der.subarray(0, -1), half)).toBeNull();
        const bent = der.with(at % der.length, (der[at % der.length] ?? 0) ^ 0x80);
        const read = rawOfSignature(bent, half);
        if (read !== null) expect(derOfSignature(read)).toEqual(bent);
      }),
    );
  });
});

/** The same with numbers of any length. */
function first(bytes: Uint8Array): string {
  const value = (from: number) =>
    bytes.subarray(from, from + 5).reduce((sum, byte) => (sum << 8n) | BigInt(byte), 0n) % 100000n;
  return [value(0), value(5)].map((one) => String(one).padStart(5, "0")).join("");
}
