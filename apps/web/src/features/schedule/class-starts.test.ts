import type { ClassesForHosts } from "@sekisho/contract";
import { expect, test } from "vitest";
import { withClass } from "./class-starts.ts";
import { newDraft } from "./draft.ts";

const none = { defaults: {}, definition: { ja: "", en: "" } };
const classes: ClassesForHosts = {
  high: none,
  medium: { ...none, defaults: { verifierRequired: true, chat: "hosts" } },
  low: { ...none, defaults: { passcodeRequired: false, registration: "required" } },
};
const defaults = {
  confidentiality: null,
  muteOnEntry: true,
  hostVideo: false,
  participantVideo: false,
  durationMinutes: 60,
};
const untouched = newDraft({ defaults }, Date.UTC(2026, 10, 24), "Asia/Tokyo");
const starts = { classes, untouched, selfId: "me" };

test("[CNF-2] a class that is chosen brings what its meetings start with", () => {
  expect(withClass(untouched, "medium", starts)).toMatchObject({ verifier: "me", chat: "hosts" });
  expect(withClass(untouched, "low", starts)).toMatchObject({
    passcodeRequired: false,
    registration: "required",
    verifier: null,
  });
});

test("[CNF-2] another class takes back what the first one brought, and nothing that the host chose", () => {
  const medium = withClass(untouched, "medium", starts);
  expect(withClass(medium, "low", starts)).toMatchObject({ verifier: null, chat: "everyone" });
  const own = { ...medium, verifier: "maho", chat: "nobody" } as const;
  expect(withClass(own, "low", starts)).toMatchObject({ verifier: "maho", chat: "nobody" });
});

test("[CNF-1] [INV-5] registration at low takes the passcode's place, in the form alone and only where nobody said otherwise", () => {
  const of = (defaults: ClassesForHosts["low"]["defaults"]) =>
    withClass(untouched, "low", { ...starts, classes: { ...classes, low: { ...none, defaults } } });
  expect(of({ registration: "required" })).toMatchObject({
    registration: "required",
    passcodeRequired: false,
  });
  expect(of({ registration: "required", passcodeRequired: true })).toMatchObject({ passcodeRequired: true });
  expect(of({})).toMatchObject({ registration: "none", passcodeRequired: true });
  const low = of({ registration: "required" });
  expect(withClass(low, "medium", starts)).toMatchObject({ registration: "none", passcodeRequired: true });
});

test("[CNF-1] no class accepts a risk for the host", () => {
  for (const level of ["high", "medium", "low"] as const)
    expect(withClass(untouched, level, starts).transportRiskAccepted).toBe(false);
});
