/** The eight things a policy can forbid, in the order and the groups in which the page writes them (BAR-1). */
import { flagsInForce, maskOf, type BarrierFlag } from "@sekisho/domain";

export const softFlags = [
  "in_meeting_chat",
  "file_transfer",
  "screen_share",
  "recording",
] as const satisfies readonly BarrierFlag[];

export const outsideFlags = [
  "im",
  "complete_phone_calls",
  "message_via_sms",
] as const satisfies readonly BarrierFlag[];

/** The product has its channel: a flag without one is stored, and never shown as in force. */
export function isInForce(flag: BarrierFlag): boolean {
  return (maskOf([flag]) & flagsInForce) !== 0;
}

/** Who cannot be in one meeting cannot do anything in it either. */
export function isIncluded(flags: readonly BarrierFlag[], flag: BarrierFlag): boolean {
  return flags.includes("meeting") && softFlags.some((soft) => soft === flag);
}

export function withFlag(
  flags: readonly BarrierFlag[],
  flag: BarrierFlag,
  on: boolean,
): readonly BarrierFlag[] {
  const others = flags.filter((one) => one !== flag);
  return on ? [...others, flag] : others;
}
