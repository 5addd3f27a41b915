/** Checking an exported log, from the command line and in words (AUD-1). */
import type { Language } from "../config/start-problem.ts";
import { AdminProblem, say } from "./admin-problem.ts";
import { linesOf, notedHead, verifyExport } from "./verify-export.ts";

type Wish = {
  readonly file: string;
  /** Empty: none was noted. */
  readonly head: string;
  readonly language: Language;
  readonly print: (line: string) => void;
};

/** False where something does not hold; each place is printed. */
export async function verifyExportFile({ file, head, language, print }: Wish): Promise<boolean> {
  const noted = head === "" ? null : notedHead(head);
  if (head !== "" && noted === null) throw new AdminProblem("wrongValue", { name: head });
  const found = await verifyExport(linesOf(file), noted);
  const { records, chains, opened, problems } = found;
  const counts = { records: String(records), chains: String(chains), opened: String(opened) };
  print(
    found.ok
      ? say(language, "exportVerified", counts)
      : say(language, "broken", { count: String(problems.length) }),
  );
  for (const { line, chain, seq, kind } of problems)
    print(`  ${say(language, "lineOf", { line: String(line) })}: ${chain} ${seq} ${kind}`);
  if (found.kind === "part") print(say(language, "exportIsPart", { unjudged: String(found.unjudged) }));
  else if (found.head !== null)
    print(say(language, "head", { seq: String(found.head.seq), hash: found.head.hash }));
  return found.ok;
}
