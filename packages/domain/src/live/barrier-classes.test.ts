import fc from "fast-check";
import { expect, test } from "vitest";
import { barriers } from "../../../testkit/src/arbitraries/barriers.ts";
import { barrierFlags, softBlocks } from "../barrier/flags.ts";
import { id } from "../unsafe.ts";
import { hasConflict, softMaskAmong } from "./barrier-classes.ts";

const names = Array.from({ length: 90 }, (_, at) => `g${at}`);
const groups = Object.fromEntries(names.map((name) => [name, [`of-${name}`]] as const));
const policy = fc.tuple(fc.constantFrom(...names), fc.constantFrom(...names), fc.subarray([...barrierFlags]));

/** Rooms of few and of very many groups: below and above where a union takes over. */
const size = fc.oneof(fc.integer({ min: 1, max: 10 }), fc.integer({ min: 45, max: 90 }));

test("[BAR-3] [BAR-4] a big room is judged as a small one: as if one looked at every two", () => {
  fc.assert(
    fc.property(
      fc.array(policy, { maxLength: 12 }),
      size,
      fc.nat(89),
      fc.nat(89),
      (policies, many, other, twice) => {
        const barrier = barriers({ groups, policies });
        const classOf = (name: string) =>
          barrier.classOf({ kind: "account", accountId: id.account(`of-${name}`), device: "" });
        const seated = names.slice(0, many).map(classOf);
        const waiting = names.slice(other, other + 3).map(classOf);
        const all = [...seated, ...waiting];
        expect(hasConflict(barrier, seated, waiting)).toBe(
          seated.some((a) => all.some((b) => barrier.hard(a, b))),
        );
        const isSeveral = (cls: number) => cls === seated[twice % many];
        const pairs = seated.flatMap((a, at) => [
          ...seated.slice(at + 1).map((b) => barrier.between(a, b)),
          isSeveral(a) ? barrier.between(a, a) : 0,
        ]);
        expect(softMaskAmong(barrier, seated, isSeveral)).toBe(
          pairs.reduce((sum, one) => sum | one, 0) & softBlocks,
        );
      },
    ),
    { numRuns: 400 },
  );
});
