/** The check before a meeting starts: facts just tested, each with what was found (CNF-6). */
import { z } from "zod";
import { instant, shownName } from "../schemas.ts";

/** `attention`: somebody has to do something; `notPossible`: not here, whatever is done; `unknown`: nobody can say. */
export const checkStates = ["ok", "attention", "notPossible", "unknown"] as const;
export type CheckState = (typeof checkStates)[number];

export const checkLine = z.strictObject({
  id: z.enum([
    ...(["removal", "e2ee", "region", "tls", "mediaTransport", "passcode"] as const),
    ...(["passcodeWays", "mail", "verifier", "outsiders", "registration"] as const),
    ...(["agreements", "entering", "materials"] as const),
  ]),
  state: z.enum(checkStates),
  /** Which sentence of the line's own says what was found. */
  found: z.string().max(40),
  /** What the sentence names: a country, a protocol, a person, a number of people; or several numbers, `sms:2 none:1`. */
  value: z.string().max(200),
});
export type CheckLine = z.infer<typeof checkLine>;

export const meetingCheck = z.strictObject({
  at: instant,
  /** Null: somebody whose name is not for the reader. */
  by: shownName.nullable(),
  lines: z.array(checkLine).max(20),
});
export type MeetingCheck = z.infer<typeof meetingCheck>;
