import type { MeetingFacts } from "@sekisho/contract";
import { placeName } from "./place.ts";

export type FactKey =
  | "check.person"
  | "check.waiting"
  | "check.none"
  | "encryption.transport"
  | "encryption.e2ee"
  | "recording.none"
  | "region"
  | "region.unknown";

export type FactLine = {
  readonly id: "check" | "encryption" | "recording" | "region";
  readonly key: FactKey;
  readonly params: Readonly<Record<string, string>>;
};

/** What concerns everybody who asks to join: always these four, in this order (ADM-2). */
export function factLines(facts: MeetingFacts, lang: "ja" | "en"): readonly FactLine[] {
  return [
    { id: "check", key: checkKey(facts), params: {} },
    { id: "encryption", key: `encryption.${facts.encryption}`, params: {} },
    { id: "recording", key: `recording.${facts.recording}`, params: {} },
    facts.region === null
      ? { id: "region", key: "region.unknown", params: {} }
      : { id: "region", key: "region", params: { place: placeName(facts.region, lang) } },
  ];
}

function checkKey(facts: MeetingFacts): FactKey {
  if (facts.verification === "person") return "check.person";
  return facts.waitingRoom ? "check.waiting" : "check.none";
}
