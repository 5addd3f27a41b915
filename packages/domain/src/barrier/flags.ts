/** What a barrier policy forbids (BAR-1). Eight flags, each of which means *cannot*, kept as the bits of one byte. */
export const barrierFlags = [
  "meeting",
  "in_meeting_chat",
  "file_transfer",
  "screen_share",
  "recording",
  "im",
  "complete_phone_calls",
  "message_via_sms",
] as const;

/** The names are those of the `/v2` interface (BAR-12). */
export type BarrierFlag = (typeof barrierFlags)[number];

/** Bit n stands for `barrierFlags[n]`; 0 forbids nothing, 255 everything. */
export type BarrierMask = number;

export const noFlags: BarrierMask = 0;
export const allFlags: BarrierMask = 255;

/** `meeting`: the two are never in one meeting. */
export const hardBlock: BarrierMask = 1;
/** What nobody of a meeting may do while such a pair is in it. */
export const softBlocks: BarrierMask = 0b11110;

/** Flags whose channel this version has; the others are stored, and shown as not yet in force (BAR-1). */
export const flagsInForce: BarrierMask = maskOf(["meeting", "in_meeting_chat", "screen_share"]);

export function maskOf(flags: Iterable<BarrierFlag>): BarrierMask {
  let mask = noFlags;
  for (const flag of flags) mask |= 1 << barrierFlags.indexOf(flag);
  return mask;
}

export function flagsOf(mask: BarrierMask): readonly BarrierFlag[] {
  return barrierFlags.filter((_flag, bit) => (mask & (1 << bit)) !== 0);
}

export function forbids(mask: BarrierMask, flag: BarrierFlag): boolean {
  return (mask & (1 << barrierFlags.indexOf(flag))) !== 0;
}
