import { describe, expect, it } from "vitest";
import { applicant, carriedOut, everything, groupOf, joined, policyFor, viewOf } from "./testing/people.ts";
import type { MeetingGroup } from "./group.ts";

const suites = ["p256", "p384"] as const;
const text = (words: string) => new TextEncoder().encode(words);

async function agree(...groups: readonly MeetingGroup[]): Promise<void> {
  const views = await Promise.all(groups.map(viewOf));
  expect(new Set(views).size).toBe(1);
}

describe.each(suites)("a group of suite %s", (suite) => {
  it("[ENC-2] agrees on members, epoch, code and media key after every join, rekey and removal, and all differ", async () => {
    const [host, a, b] = await groupOf(suite, "a", "b");
    const codes = [await host.safetyCode()];
    if (a === undefined || b === undefined) throw new Error("two joined");
    await agree(host, a, b);
    await carriedOut(a, {}, [host, b]);
    codes.push(await host.safetyCode());
    await agree(host, a, b);
    const c = await applicant(suite, "c");
    const own = await carriedOut(host, { add: [c.keyPackage] }, [a, b]);
    const third = await joined(own, c);
    codes.push(await host.safetyCode());
    await agree(host, a, b, third);
    await carriedOut(host, { remove: ["a"] }, [b, third]);
    codes.push(await host.safetyCode());
    await agree(host, b, third);
    expect(new Set(codes).size).toBe(4);
    expect(codes.every((code) => /^\d{30}$/u.test(code))).toBe(true);
    expect(host.members().map(({ member }) => member)).toEqual(["host", "b", "c"]);
  });

  it("[ENC-7] sets a policy, and whoever it names may add", async () => {
    const [host, a] = await groupOf(suite, "a");
    if (a === undefined) throw new Error("one joined");
    const late = await applicant(suite, "late");
    await expect(a.commit({ add: [late.keyPackage] })).rejects.toThrow("forbidden");
    await carriedOut(host, { policy: policyFor(suite, "host", "a") }, [a]);
    const own = await carriedOut(a, { add: [late.keyPackage] }, [host]);
    const third = await joined(own, late);
    await agree(host, a, third);
    expect(third.policy.admit).toEqual(["host", "a"]);
  });

  it("[ENC-5] carries messages to all, and to one", async () => {
    const [host, a, b] = await groupOf(suite, "a", "b");
    if (a === undefined || b === undefined) throw new Error("two joined");
    const sealed = await host.seal(text("to all"));
    expect((await a.open(sealed)).content).toEqual(text("to all"));
    expect((await b.open(sealed)).from.member).toBe("host");
    await expect(a.open(sealed)).rejects.toThrow("broken");
    const letter = await a.sealTo("b", text("to one"));
    await expect(host.openFrom(letter)).rejects.toThrow("foreign");
    expect(await b.openFrom(letter)).toEqual({ from: a.self, content: text("to one") });
    await expect(b.openFrom(letter)).rejects.toThrow("broken");
  });

  it("[ENC-2] two commits of one epoch: the second discards, receives and commits anew", async () => {
    const [host, a] = await groupOf(suite, "a");
    if (a === undefined) throw new Error("one joined");
    const first = await host.commit({});
    await a.commit({});
    host.confirm();
    a.discard();
    await a.receive(first.commit, everything);
    await agree(host, a);
    await carriedOut(a, {}, [host]);
    await agree(host, a);
  });
});
