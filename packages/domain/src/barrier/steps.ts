/** Long work in slices: whoever drives it lets others run between two of them. Each takes a few milliseconds at most. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Runs all slices without a pause. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** To be called once for each piece of work: pauses after every `pieces` of them. */
export function pauseEvery(pieces: number): () => Steps<void> {
  let left = pieces;
  return function* pause() {
    left -= 1;
    if (left > 0) return;
    left = pieces;
    yield;
  };
}
