/** Figures from samples. Nothing is rounded here. */

/** The smallest sample that a share `q` of all samples does not exceed. */
export function quantile(samples: readonly number[], q: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const found = sorted[Math.max(0, Math.ceil(q * sorted.length) - 1)];
  if (found === undefined) throw new Error("no samples");
  return found;
}

/** Of an even number of samples the mean of the two in the middle. */
export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const high = sorted[Math.floor(sorted.length / 2)];
  const low = sorted[Math.floor((sorted.length - 1) / 2)];
  if (high === undefined || low === undefined) throw new Error("no samples");
  return (high + low) / 2;
}

export function maximum(samples: readonly number[]): number {
  return samples.reduce((most, one) => Math.max(most, one), -Infinity);
}
