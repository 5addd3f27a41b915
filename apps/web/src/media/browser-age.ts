/**
 * Which browsers are too old to come in with (SEC-8). Older ones lack what the page is written in, and have not been
 * mended for years. What a browser says of itself protects its owner, not the meeting: a lie harms nobody else.
 */
const oldest: readonly (readonly [RegExp, number])[] = [
  [/Firefox\/(\d+)/u, 121],
  [/Chrome\/(\d+)/u, 120],
  // Every browser of an iPhone or iPad is the system's own.
  [/(?:iPhone|iPad).* OS (\d+)_/u, 16],
  [/Version\/(\d+)/u, 16],
];

/** The first rule that knows the browser decides; one that nobody knows is tried by what it can do. */
export function isTooOld(userAgent: string): boolean {
  for (const [pattern, least] of oldest) {
    const version = pattern.exec(userAgent)?.[1];
    if (version !== undefined) return Number(version) < least;
  }
  return false;
}
