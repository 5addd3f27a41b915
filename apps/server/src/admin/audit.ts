/** Verifying and exporting the log, from the command line (AUD-1). */
import { exportLog, type ExportFormat } from "../features/evidence/export-log.ts";
import { replayLog } from "../features/evidence/replay-log.ts";
import { verifyAll } from "../features/evidence/verify.ts";
import { AdminProblem } from "./admin-problem.ts";
import type { AdminTools } from "./admin-tools.ts";

/** False where something does not hold; each place is printed. */
export async function verifyLog(tools: AdminTools): Promise<boolean> {
  const { db } = tools.handle;
  const { ok, records, chains, problems, organisationHead } = await verifyAll({ db, keys: tools.keys });
  if (ok) tools.tell("verified", { records: String(records), chains: String(chains) });
  else tools.tell("broken", { count: String(problems.length) });
  for (const { chain, seq, kind } of problems) tools.print(`  ${chain} ${seq} ${kind}`);
  if (organisationHead !== null)
    tools.tell("head", { seq: String(organisationHead.seq), hash: organisationHead.hash });
  return ok;
}

/** False where a decision of the log is not the one that the rules and the versions lead to (BAR-15). */
export async function replayDecisions(tools: AdminTools): Promise<boolean> {
  const { decisions, instances, versions, problems } = await replayLog(tools.handle.db);
  const counts = { decisions: String(decisions), instances: String(instances), versions: String(versions) };
  if (problems.length === 0) tools.tell("replayed", counts);
  else tools.tell("replayDiffers", { count: String(problems.length) });
  for (const { instanceId, seq, what } of problems) tools.print(`  ${instanceId} ${seq} ${what}`);
  return problems.length === 0;
}

/** Reading the log is recorded before the first line of it is printed. */
export async function printLog(tools: AdminTools, format: string, personal: boolean): Promise<void> {
  if (format !== "jsonl" && format !== "csv") throw new AdminProblem("wrongValue", { name: "--format" });
  const chosen: ExportFormat = format;
  await tools.handle.db.transaction().execute((trx) =>
    tools.log.append(trx, {
      type: "audit.exported",
      actor: { kind: "operator" },
      data: { format: chosen, personal },
    }),
  );
  for await (const line of exportLog({ db: tools.handle.db, keys: tools.keys }, chosen, personal))
    tools.print(line);
}
