import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { createMeetingStore, FRESH_MS } from "./meeting-store.ts";
import { sampleChat, sampleId, sampleRoom } from "./samples.ts";

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test("[SEC-6] after 5 s without the server's word the page no longer knows", () => {
  const store = createMeetingStore();
  store.receive({ type: "alive", at: Date.now() });
  vi.advanceTimersByTime(FRESH_MS - 1);
  expect(store.getState().fresh).toBe(true);
  store.receive({ type: "alive", at: Date.now() });
  vi.advanceTimersByTime(FRESH_MS - 1);
  expect(store.getState().fresh).toBe(true);
  vi.advanceTimersByTime(1);
  expect(store.getState().fresh).toBe(false);
  store.receive(sampleRoom());
  expect(store.getState().fresh).toBe(true);
  store.close();
});

test("[SEC-6] other words of the stream do not stand for the server being up to date", () => {
  const store = createMeetingStore();
  store.receive({ type: "alive", at: Date.now() });
  vi.advanceTimersByTime(FRESH_MS - 1);
  store.receive({ type: "chat", message: sampleChat("m") });
  vi.advanceTimersByTime(1);
  expect(store.getState().fresh).toBe(false);
  store.close();
});

test("a reaction stands for some seconds, each for its own", () => {
  const store = createMeetingStore();
  store.receive({ type: "reaction", fromId: sampleId("a"), reaction: "clap" });
  vi.advanceTimersByTime(3000);
  store.receive({ type: "reaction", fromId: sampleId("a"), reaction: "heart" });
  vi.advanceTimersByTime(3000);
  expect(store.getState().reactions.map((one) => one.reaction)).toEqual(["heart"]);
  vi.advanceTimersByTime(3000);
  expect(store.getState().reactions).toEqual([]);
  store.close();
});
