/** One gate of `npm run check`, and the violation that proves that it looks. */
export type Step = {
  readonly name: string;
  /** What is wrong under `root`, one line each; empty if nothing is. */
  readonly run: (root: string) => Promise<readonly string[]>;
  /** Files planted into a miniature of the project, and what the step has to say about each of them. */
  readonly planted: readonly Planted[];
};

export type Planted = {
  readonly path: string;
  readonly text: string;
  /** Has to occur in one of the problems; the planted file's own name stands in it, or is looked for besides. */
  readonly says: string;
};
