import { fill, type Language } from "../../config/start-problem.ts";
import { type StartText, startTexts } from "../../config/start-texts.ts";

/** Where lines go; a terminal can be written over, a file gets whole lines. */
export type Output = { write(text: string): unknown; readonly isTTY?: boolean };

export type Progress = {
  say(text: StartText, values?: Readonly<Record<string, string>>): void;
  /** One line for one step: begun, moving, and done with the time it took. */
  step<T>(text: StartText, work: () => Promise<T>, values?: Readonly<Record<string, string>>): Promise<T>;
  /** What the present step is doing; on a terminal in place, elsewhere now and then. */
  moving(text: StartText, values: Readonly<Record<string, string>>): void;
};

const quietMs = 10_000;

export function createProgress(language: Language, output: Output): Progress {
  const words = (text: StartText, values: Readonly<Record<string, string>> = {}) =>
    fill(startTexts[text][language], values);
  const clear = output.isTTY === true ? "\r\u001b[2K" : "";
  let lastMoving = performance.now();
  return {
    say(text, values) {
      output.write(`${clear}${words(text, values)}\n`);
    },
    async step(text, work, values) {
      const title = words(text, values);
      if (clear !== "") output.write(`${clear}… ${title}`);
      const started = performance.now();
      lastMoving = started;
      const result = await work().catch((error: unknown) => {
        output.write(`${clear}✗ ${title}\n`);
        throw error;
      });
      const seconds = ((performance.now() - started) / 1_000).toFixed(1);
      output.write(`${clear}✓ ${title} (${words("seconds", { seconds })})\n`);
      return result;
    },
    moving(text, values) {
      const now = performance.now();
      if (clear === "" && now - lastMoving < quietMs) return;
      lastMoving = now;
      output.write(clear === "" ? `… ${words(text, values)}\n` : `${clear}… ${words(text, values)}`);
    },
  };
}
