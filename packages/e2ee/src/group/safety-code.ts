/** What the members read to each other, and the key that media frames are made with: both of one epoch. */
import { mlsExporter } from "ts-mls/keySchedule.js";
import { GroupRefused } from "./group.ts";
import type { Means, State } from "./state.ts";
import { factsOf } from "./suite-facts.ts";

const groups = 6;
const groupLength = 5;

/** Six times five bytes modulo 10^5, as DAVE shows it (discord/dave-protocol, "Displayable Codes"). */
export function digitsOf(authenticator: Uint8Array): string {
  if (authenticator.length < groups * groupLength) throw new GroupRefused("broken");
  return Array.from({ length: groups }, (_, group) => {
    const bytes = authenticator.subarray(group * groupLength, (group + 1) * groupLength);
    const value = bytes.reduce((sum, byte) => sum * 256 + byte, 0);
    return String(value % 10 ** groupLength).padStart(groupLength, "0");
  }).join("");
}

export async function mediaKeyOf(state: State, { suite, cs }: Means): Promise<Uint8Array> {
  const { keyLength } = factsOf(suite);
  return await mlsExporter(
    state.schedule.exporterSecret,
    "SFrame 1.0 Base Key",
    new Uint8Array(),
    keyLength,
    cs,
  );
}
