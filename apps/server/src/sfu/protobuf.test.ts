import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesField, concat, onlyVarint, readFields, varintField } from "./protobuf.ts";

const number = fc.integer({ min: 1, max: 2 ** 29 - 1 });

test("what is written is read back", () => {
  const field = fc.oneof(
    fc.record({ number, value: fc.integer({ min: 0, max: 0xffff_ffff }) }),
    fc.record({ number, value: fc.uint8Array({ maxLength: 300 }) }),
  );
  fc.assert(
    fc.property(fc.array(field, { maxLength: 20 }), (wanted) => {
      const parts = wanted.map(({ number: at, value }) =>
        typeof value === "number" ? varintField(at, value) : bytesField(at, value),
      );
      const read = readFields(concat(parts)) ?? [];
      expect(
        read.map((each) => ({ number: each.number, value: each.wire === "fixed" ? 0 : each.value })),
      ).toEqual(wanted);
      expect(concat(read.map((each) => each.raw))).toEqual(concat(parts));
    }),
  );
});

test("hostile bytes never throw, and what is read covers the input exactly", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), (bytes) => {
      const fields = readFields(bytes);
      if (fields) expect(concat(fields.map((each) => each.raw))).toEqual(bytes);
    }),
    { numRuns: 2_000 },
  );
});

test("more fields than allowed are not read", () => {
  const many = concat(Array.from({ length: 5 }, () => varintField(1, 1)));
  expect(readFields(many, 4)).toBeUndefined();
  expect(readFields(many, 5)).toHaveLength(5);
});

test("a number that others would cut to 32 bits equals nothing", () => {
  const [field] = readFields(varintField(8, 2 ** 32 + 2)) ?? [];
  expect(field && onlyVarint([field], 8)).toBeNaN();
});

test.each([
  ["a group", [0x0b]],
  ["field number 0", [0x00, 0x00]],
  ["a length past the end", [0x0a, 0x05, 0x01]],
  ["a varint without an end", [0x08, 0xff, 0xff]],
  ["a varint of more than ten bytes", [0x08, ...Array.from({ length: 10 }, () => 0x80), 0x01]],
  ["a fixed64 cut short", [0x09, 1, 2, 3]],
])("%s is damage", (_what, bytes) => {
  expect(readFields(Uint8Array.from(bytes))).toBeUndefined();
});
