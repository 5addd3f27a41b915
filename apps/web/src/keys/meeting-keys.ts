import type { Member } from "@sekisho/e2ee";
import type { FrameProtection } from "../media/e2ee/frame-protection.ts";
import type { Keys } from "./keys-state.ts";

/** What the page of a meeting uses besides what its screens show. Groups: `main`, or the applicant of a call (ADM-13). */
export type MeetingKeys = Keys & {
  /** Whose keys the own media are protected with now. */
  readonly groupNow: () => string;
  /** Resolves once this device is in that group; false where it never will be. */
  readonly joined: (group: string) => Promise<boolean>;
  /** For one connection to the SFU. */
  readonly protect: (group: string) => FrameProtection;
  /** For everybody, or for these members alone (ENC-5). */
  readonly seal: (to: readonly string[] | null, text: string) => Promise<string>;
  readonly open: (sealed: string) => Promise<{ readonly from: Member; readonly text: string }>;
  /** What this page has said, by message: nobody can open what they have sealed themselves. */
  readonly said: Map<string, string>;
  readonly close: () => void;
};
