/** Local wall-clock times of a zone, without a time-zone library: `Intl` knows the offsets. */

/** ms that the zone is ahead of UTC at this instant. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
    second: "numeric",
    hourCycle: "h23",
  }).formatToParts(instant);
  const get = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  const local = Date.UTC(
    get("year"),
    get("month") - 1,
    get("day"),
    get("hour"),
    get("minute"),
    get("second"),
  );
  return local - Math.floor(instant / 1000) * 1000;
}

/** The instant of `2026-11-24T16:00[:59]` in a zone; in a gap of the clock the later side. */
export function toInstant(local: string, timeZone: string): number {
  const asUtc = Date.parse(`${local.length === 16 ? `${local}:00` : local}Z`);
  const first = asUtc - offsetAt(asUtc, timeZone);
  return asUtc - offsetAt(first, timeZone);
}

/** `2026-11-24T16:00` of an instant in a zone. */
export function toLocal(instant: number, timeZone: string): string {
  return new Date(instant + offsetAt(instant, timeZone)).toISOString().slice(0, 16);
}

const HALF_HOUR = 1_800_000;

/** The next full half hour, at least a minute away. */
export function nextHalfHour(now: number, timeZone: string): string {
  return toLocal(Math.ceil((now + 60_000) / HALF_HOUR) * HALF_HOUR, timeZone);
}
