/** What became of mail, from the command line: never with the text of a message. */
import { listOutbox } from "../platform/mail/outbox.ts";
import type { AdminTools } from "./admin-tools.ts";

const most = 200;

/** Newest first: time, state, kind, address, tries, and what the last try met. */
export async function printOutbox(tools: AdminTools): Promise<void> {
  const rows = await listOutbox({ db: tools.handle.db, keys: tools.keys }, most);
  for (const { createdAt, state, kind, to, tries, problem } of rows)
    tools.print([createdAt.toISOString(), state, kind, to, tries, problem ?? "-"].join("  "));
}
