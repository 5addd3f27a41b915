/**
 * The last synced barriers on this machine's own disk, signed with a key that is not in the database (BAR-10, Q76, Q77).
 * A copy that was changed, cut short or brought from elsewhere counts as none. Lines of JSON: the changes that make the
 * model out of nothing, then one line that says what it is and vouches for all the others.
 */
import { applyBarrierChanges, emptyBarriers, type BarrierChange, type BarrierModel } from "@sekisho/domain";
import { createHash, type Hash } from "node:crypto";
import { readFile, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { z } from "zod";
import { systemErrorCode } from "../../config/start-problem.ts";
import { equalBytes, type Keys } from "../../platform/keys/keys.ts";
import { barrierChanges } from "../../unsafe.ts";
import { writeDurably } from "./durable-file.ts";

export type BarrierCopy = {
  readonly model: BarrierModel;
  /** As in the high-water mark: of all versions up to the model's. */
  readonly history: string;
  /** ms since 1970 UTC. */
  readonly writtenAt: number;
  /** Last good contact with the pulled source; null: there has been none. ms since 1970 UTC. */
  readonly lastContactAt: number | null;
};

export type CopyRead =
  | { readonly kind: "none" }
  | { readonly kind: "refused" }
  | { readonly kind: "good"; readonly copy: BarrierCopy };

export type SignedCopy = {
  read(): Promise<CopyRead>;
  /** On the disk when it resolves, in slices between which the process does other things. */
  write(copy: BarrierCopy): Promise<void>;
};

const trailer = z.strictObject({
  format: z.literal("sekisho-barriers-1"),
  version: z.int(),
  history: z.string(),
  writtenAt: z.int(),
  lastContactAt: z.int().nullable(),
  /** Of every line before this one. */
  sha256: z.string(),
  mac: z.string(),
});
type Trailer = z.infer<typeof trailer>;

const linesPerSlice = 500;

export function createSignedCopy(folder: string, keys: Keys): SignedCopy {
  const file = join(folder, "last-synced.jsonl");
  const macOf = ({ mac: _mac, ...said }: Trailer) => keys.mac("barrier-copy", `copy:${JSON.stringify(said)}`);

  function parse(bytes: Buffer): BarrierCopy | null {
    const end = bytes.lastIndexOf("\n", bytes.length - 2) + 1;
    const body = bytes.subarray(0, end);
    const said = trailer.parse(JSON.parse(bytes.toString("utf8", end)));
    const isWhole = createHash("sha256").update(body).digest("hex") === said.sha256;
    if (!isWhole || !equalBytes(Buffer.from(said.mac, "base64url"), macOf(said))) return null;
    const lines = body
      .toString("utf8")
      .split("\n")
      .filter((line) => line !== "");
    const changes = barrierChanges(lines.map((line): unknown => JSON.parse(line)));
    const { history, writtenAt, lastContactAt } = said;
    const model = applyBarrierChanges(emptyBarriers, said.version, changes);
    return { model, history, writtenAt, lastContactAt };
  }

  return {
    async read() {
      try {
        const copy = parse(await readFile(file));
        return copy === null ? { kind: "refused" } : { kind: "good", copy };
      } catch (error) {
        return { kind: systemErrorCode(error) === "ENOENT" ? "none" : "refused" };
      }
    },
    write: ({ model, history, writtenAt, lastContactAt }) =>
      writeDurably(file, async (handle) => {
        const hash = createHash("sha256");
        await writeLines(handle, hash, model);
        const said: Trailer = {
          format: "sekisho-barriers-1",
          version: model.version,
          history,
          writtenAt,
          lastContactAt,
          sha256: hash.digest("hex"),
          mac: "",
        };
        const mac = macOf(said).toString("base64url");
        await handle.writeFile(`${JSON.stringify({ ...said, mac })}\n`);
      }),
  };
}

async function writeLines(handle: FileHandle, hash: Hash, model: BarrierModel): Promise<void> {
  let slice: string[] = [];
  const flush = async () => {
    const text = slice.join("");
    slice = [];
    hash.update(text);
    await handle.writeFile(text);
    await nextTurn();
  };
  for (const change of changesOf(model)) {
    slice.push(`${JSON.stringify(change)}\n`);
    if (slice.length >= linesPerSlice) await flush();
  }
  await flush();
}

/** What makes this model out of nothing. */
export function* changesOf(model: BarrierModel): Generator<BarrierChange> {
  yield { type: "rules.put", rules: model.rules };
  for (const group of model.groups.values()) yield { type: "group.put", group };
  for (const policy of model.policies.values()) yield { type: "policy.put", policy };
  for (const [accountId, person] of model.people) yield { type: "person.put", accountId, person };
}
