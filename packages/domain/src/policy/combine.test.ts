import fc from "fast-check";
import { expect, test } from "vitest";
import { anyLayer, anyLayers } from "../../../testkit/src/arbitraries/index.ts";
import { combine, fixedBy, type PolicyLayer } from "./combine.ts";
import { chains, openness, policyFields, stricter, type PolicyValues } from "./values.ts";

test("[CNF-3] the order of layers changes nothing: neither values nor reasons", () => {
  const shuffled = anyLayers.chain((layers) =>
    fc.tuple(fc.constant(layers), fc.shuffledSubarray(layers, { minLength: layers.length })),
  );
  fc.assert(
    fc.property(shuffled, ([layers, other]) => {
      expect(combine(other)).toEqual(combine(layers));
    }),
  );
});

test("[CNF-3] combining twice is combining once", () => {
  fc.assert(
    fc.property(anyLayers, (layers) => {
      const once = combine(layers);
      expect(combine([...layers, ...layers])).toEqual(once);
      expect(combine([...layers, { source: "meeting", values: once.values }]).values).toEqual(once.values);
    }),
  );
});

test("[CNF-3] a further layer never opens a field", () => {
  fc.assert(
    fc.property(anyLayers, anyLayer, (layers, further) => {
      const before = combine(layers).values;
      const after = combine([...layers, further]).values;
      for (const field of policyFields)
        expect(openness(field, after[field])).toBeLessThanOrEqual(openness(field, before[field]));
    }),
  );
});

test("[CNF-3] the result is at least as strict as each layer, and some layer asked for it", () => {
  fc.assert(
    fc.property(anyLayers, (layers) => {
      const { values } = combine(layers);
      for (const field of policyFields) {
        const asked = layers.flatMap((layer) => {
          const value = layer.values[field];
          return value === undefined ? [] : [openness(field, value)];
        });
        expect(openness(field, values[field])).toBe(Math.min(chains[field].length - 1, ...asked));
      }
    }),
  );
});

test("[CNF-3] every field that is not open says who closed it; an open one names nobody", () => {
  fc.assert(
    fc.property(anyLayers, (layers) => {
      const { values, reasons } = combine(layers);
      for (const field of policyFields) {
        const closed = openness(field, values[field]) < chains[field].length - 1;
        expect(reasons[field].length > 0).toBe(closed);
        for (const source of reasons[field])
          expect(
            layers.some((layer) => layer.source === source && layer.values[field] === values[field]),
          ).toBe(true);
      }
    }),
  );
});

test("[CNF-3] a value that no version of ours knows counts as the strictest, in any order, with its reason", () => {
  const strange = { screenShare: "friends", whoMayJoin: "robots" } as unknown as Partial<PolicyValues>;
  const layers: PolicyLayer[] = [
    { source: "organisation", values: strange },
    { source: "meeting", values: { screenShare: "everyone", whoMayJoin: "anyoneWithLink" } },
  ];
  for (const order of [layers, layers.toReversed()]) {
    const { values, reasons } = combine(order);
    expect([values.screenShare, values.whoMayJoin]).toEqual(["nobody", "named"]);
    expect(reasons.screenShare).toEqual(["organisation"]);
  }
});

test("[CNF-3] what the host alone chose is not fixed; what another layer holds is", () => {
  const layers: PolicyLayer[] = [
    { source: "preset", values: { waitingRoom: true } },
    { source: "meeting", values: { waitingRoom: true, chat: "hosts" } },
  ];
  expect(fixedBy("waitingRoom", layers)).toEqual(["preset"]);
  expect(fixedBy("chat", layers)).toEqual([]);
});

test("[CNF-3] chains run from strict to open, for security's sake in this direction", () => {
  const strictest = Object.fromEntries(policyFields.map((field) => [field, chains[field][0]]));
  expect(strictest).toEqual({
    encryption: "e2ee",
    whoMayJoin: "named",
    visibility: "private",
    passcodeRequired: true,
    waitingRoom: true,
    joinBeforeHost: false,
    muteOnEntry: true,
    verifierRequired: true,
    admitAll: false,
    screenShare: "nobody",
    chat: "nobody",
    rename: "nobody",
    unmute: "nobody",
    recording: "off",
    files: "off",
    personalNumber: "forbidden",
    regions: "home",
    agreement: true,
    guestProof: "address",
    secondFactor: true,
    deviceDeclaration: true,
    nameRule: "registered",
    registration: "required",
  });
  expect(stricter("chat", "everyone", "hosts")).toBe("hosts");
  expect(stricter("joinBeforeHost", true, false)).toBe(false);
});
