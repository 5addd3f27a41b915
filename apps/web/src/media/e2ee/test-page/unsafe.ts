/** A stream class in another's place, which TypeScript cannot see to be one. */
type Step = (chunk: unknown, controller: unknown) => Promise<void>;

export function timed(Native: typeof TransformStream, note: (ms: number) => void): typeof TransformStream {
  class Timed extends Native {
    constructor(transformer: Transformer = {}) {
      const step = transformer.transform as Step | undefined;
      super({
        ...transformer,
        transform: async (chunk, controller) => {
          const from = performance.now();
          await step?.(chunk, controller);
          note(performance.now() - from);
        },
      });
    }
  }
  return Timed as typeof TransformStream;
}
