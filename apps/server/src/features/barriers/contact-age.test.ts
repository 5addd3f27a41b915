import { expect, test } from "vitest";
import { createContactAge } from "./contact-age.ts";
import { freshnessOf, mustClose } from "./freshness.ts";

const minute = 60_000;
const none = { denyNewAfter: null, closeAfter: null };

/** A wall clock and a steady one that a test moves apart. */
function hands(start: number) {
  const at = { wall: start, steady: 5_000 };
  return {
    at,
    clock: { now: () => at.wall, monotonic: () => at.steady },
    pass(ms: number) {
      at.wall += ms;
      at.steady += ms;
    },
  };
}

test("[BAR-10] the age is that of the last good contact, over a restart too", () => {
  const time = hands(1_000_000_000);
  const age = createContactAge(time.clock);
  age.observe(null);
  expect(age.age()).toBeNull();
  age.observe({ contacts: 1, at: time.at.wall - 7 * minute, floor: 0 });
  time.pass(2 * minute);
  expect(createAfterRestart(time, 9 * minute)).toMatchObject({ ms: 9 * minute, sure: true });
});

function createAfterRestart(time: ReturnType<typeof hands>, ago: number, floor = 0) {
  const age = createContactAge(time.clock);
  age.observe({ contacts: 1, at: time.at.wall - ago, floor });
  return age.age();
}

test("[BAR-10] a clock put back never makes the copy younger; one put forward makes it older", () => {
  const time = hands(1_000_000_000);
  const age = createContactAge(time.clock);
  const contact = { contacts: 1, at: time.at.wall, floor: 0 };
  age.observe(contact);
  time.pass(50 * minute);
  let before = age.age()?.ms ?? 0;
  for (const jump of [-3 * 60 * minute, 10 * minute, -minute, 26 * 60 * minute, -26 * 60 * minute]) {
    time.at.wall += jump;
    time.pass(minute);
    age.observe(contact);
    const now = age.age()?.ms ?? 0;
    expect(now).toBeGreaterThanOrEqual(before + minute);
    before = now;
  }
  expect(before).toBeGreaterThan(23 * 60 * minute);
});

test("[BAR-10] over a restart with the clock put back: what had certainly passed counts, or nothing is sure", () => {
  const time = hands(1_000_000_000);
  expect(createAfterRestart(time, 2 * minute, 45 * minute)).toMatchObject({ ms: 45 * minute, sure: true });
  expect(createAfterRestart(time, -30 * minute, 0)).toMatchObject({ sure: false });
  expect(createAfterRestart(time, -1_000, 0)).toMatchObject({ ms: 0, sure: true });
});

test("[BAR-10] a new contact counts from the look before it was seen, whatever the wall says", () => {
  const time = hands(1_000_000_000);
  const age = createContactAge(time.clock);
  age.observe({ contacts: 1, at: time.at.wall - 90 * minute, floor: 0 });
  time.pass(1000);
  age.observe({ contacts: 2, at: time.at.wall + 30 * minute, floor: 0 });
  expect(age.age()).toEqual({ ms: 1000, sure: true, contacts: 2 });
});

test("[BAR-10] fresh within the interval, then stale, then expired by the organisation's limits", () => {
  const limits = { denyNewAfter: 60, closeAfter: 1440 };
  const at = (minutes: number, change = {}) =>
    freshnessOf({
      pulledEvery: 5,
      hasCopy: true,
      age: { ms: minutes * minute, sure: true, contacts: 1 },
      limits,
      ...change,
    });
  expect([at(0), at(6), at(7), at(60), at(61)]).toEqual(["fresh", "fresh", "stale", "stale", "expired"]);
  expect(at(100_000, { limits: none })).toBe("stale");
  expect(at(61, { limits: { denyNewAfter: null, closeAfter: 60 } })).toBe("expired");
  expect(at(100_000, { pulledEvery: null })).toBe("fresh");
});

test("[BAR-10] without a copy, or a contact ever, there is nothing to decide with; without a sure age no limit is kept", () => {
  const limits = { denyNewAfter: 60, closeAfter: null };
  const state = { pulledEvery: 5, hasCopy: true, limits, age: null };
  expect(freshnessOf(state)).toBe("none");
  const age = { ms: 10 * minute, sure: true, contacts: 1 };
  expect(freshnessOf({ ...state, age, hasCopy: false })).toBe("none");
  expect(freshnessOf({ ...state, age: { ...age, ms: 0, sure: false } })).toBe("expired");
  expect(freshnessOf({ ...state, age: { ...age, ms: 0, sure: false }, limits: none })).toBe("stale");
});

test("[BAR-10] meetings in progress end after the second limit alone", () => {
  const state = { pulledEvery: 5, hasCopy: true, age: { ms: 61 * minute, sure: true, contacts: 1 } };
  expect(mustClose({ ...state, limits: { denyNewAfter: 10, closeAfter: null } })).toBe(false);
  expect(mustClose({ ...state, limits: { denyNewAfter: null, closeAfter: 60 } })).toBe(true);
  expect(mustClose({ ...state, limits: { denyNewAfter: null, closeAfter: 62 } })).toBe(false);
  expect(mustClose({ ...state, pulledEvery: null, limits: { denyNewAfter: 1, closeAfter: 1 } })).toBe(false);
});
