/**
 * Checks an export of the log (JSON Lines) without a database, a key or a package: this one file and Node are all it takes,
 * so that somebody else can run it on a machine of their own (AUD-1).
 *
 *     node verify-export.ts <file> [<seq>:<hash>]
 *
 * The second word is a head that was noted earlier: the export has to hold that very record. docs/API.md says what stands in
 * a line, so that the check can be written again in another language.
 */
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createInterface } from "node:readline";

export type ExportProblem = {
  /** Of the file, from 1; 0: of the file as a whole. */
  readonly line: number;
  readonly chain: string;
  readonly seq: number;
  readonly kind:
    /** No record of a log. */
    | "unreadable"
    /** The record, its place or its chain is not what its hash was made of. */
    | "changed"
    /** Records are missing before this one, in an export that is said to be whole. */
    | "removed"
    /** A record stands twice, or before an older one. */
    | "out_of_place"
    /** Names or addresses are not those that the record committed to, or cannot be compared. */
    | "personal_changed"
    /** A head that the organisation's chain recorded is not the meeting's. */
    | "anchor_differs"
    /** The newest records of a chain are missing. */
    | "tail_removed"
    /** The newest record, or the one of a head that was noted, is another one. */
    | "head_differs"
    /** The last line is missing, or counts otherwise. */
    | "unfinished";
};

export type ExportFindings = {
  readonly ok: boolean;
  /** A part (filters, walls) shows nothing of what is left out. */
  readonly kind: "whole" | "part";
  readonly records: number;
  readonly chains: number;
  /** Personal parts that were compared with what was committed to. */
  readonly opened: number;
  /** Records after a hole, whose hash cannot be compared: the one before is not there. */
  readonly unjudged: number;
  readonly problems: readonly ExportProblem[];
  readonly head: NotedHead | null;
};

export type NotedHead = { readonly seq: number; readonly hash: string };

type Fields = { readonly [name: string]: unknown };
type Line = {
  readonly chain: string;
  readonly seq: number;
  readonly at: number;
  readonly type: string;
  readonly data: string;
  readonly commitment: string | null;
  readonly hash: string;
  readonly personal: unknown;
  readonly salt: string | null;
};
type Chain = { seq: number; hash: string };
type End = { readonly kind: "whole" | "part"; readonly records: number; readonly head: NotedHead | null };

const organisation = "organisation";

export async function verifyExport(
  lines: AsyncIterable<string> | Iterable<string>,
  noted: NotedHead | null = null,
): Promise<ExportFindings> {
  const walk = new Walk(noted);
  for await (const line of lines) walk.take(line);
  return walk.end();
}

class Walk {
  readonly #noted: NotedHead | null;
  readonly #chains = new Map<string, Chain>();
  /** What the organisation's chain says of the meetings', until it is found there. */
  readonly #anchors = new Map<string, Map<number, string>>();
  readonly #problems: ExportProblem[] = [];
  /** Of an export that may be a part: no problem unless the last line says that it is whole. */
  readonly #holes: ExportProblem[] = [];
  #line = 0;
  #records = 0;
  #opened = 0;
  #notedFound = false;
  #end: End | null = null;

  constructor(noted: NotedHead | null) {
    this.#noted = noted;
  }

  take(text: string): void {
    this.#line += 1;
    const parsed = parse(text);
    const end = parsed === null ? null : endOf(parsed);
    if (this.#end !== null) return this.#found("", 0, "unreadable");
    if (end !== null) {
      this.#end = end;
      return;
    }
    const line = parsed === null ? null : lineOf(parsed);
    if (line === null) return this.#found("", 0, "unreadable");
    this.#records += 1;
    this.#place(line);
    this.#compare(line);
  }

  /** Where the record stands in its chain, and whether its hash is made of it. */
  #place({ chain, seq, at, type, data, commitment, hash }: Line): void {
    const known = this.#chains.get(chain) ?? { seq: 0, hash: genesis(chain) };
    if (seq <= known.seq) return this.#found(chain, seq, "out_of_place");
    if (seq > known.seq + 1) this.#holes.push({ line: this.#line, chain, seq, kind: "removed" });
    else if (sha256(fromHex(known.hash), canonical({ chain, seq, at, type, data, commitment })) !== hash)
      this.#found(chain, seq, "changed");
    this.#chains.set(chain, { seq, hash });
  }

  #compare({ chain, seq, type, data, commitment, hash, personal, salt }: Line): void {
    if (personal !== null) {
      const opening = salt === null ? null : sha256(Buffer.from(salt, "base64"), canonical(personal));
      const committed = commitment === null ? null : Buffer.from(commitment, "base64").toString("hex");
      if (opening === null || opening !== committed) this.#found(chain, seq, "personal_changed");
      else this.#opened += 1;
    }
    if (chain === organisation) {
      if (type === "instance.headsRecorded") this.#keepAnchors(data);
      if (seq === this.#noted?.seq) {
        this.#notedFound = true;
        if (hash !== this.#noted.hash) this.#found(chain, seq, "head_differs");
      }
      return;
    }
    const anchored = this.#anchors.get(chain)?.get(seq);
    if (anchored === undefined) return;
    if (anchored !== hash) this.#found(chain, seq, "anchor_differs");
    this.#anchors.get(chain)?.delete(seq);
  }

  #keepAnchors(data: string): void {
    const heads = parse(data)?.["heads"];
    for (const one of Array.isArray(heads) ? heads.map(fieldsOf) : []) {
      const { instanceId, seq, head } = one ?? {};
      if (typeof instanceId !== "string" || typeof seq !== "number" || typeof head !== "string") continue;
      const known = this.#anchors.get(instanceId) ?? new Map<number, string>();
      this.#anchors.set(instanceId, known.set(seq, head));
    }
  }

  end(): ExportFindings {
    this.#line = 0;
    const kind = this.#end?.kind ?? "whole";
    const own = this.#chains.get(organisation) ?? null;
    if (kind === "whole") this.#closeWhole(own);
    if (this.#end === null || this.#end.records !== this.#records) this.#found("", 0, "unfinished");
    if (this.#noted !== null && !this.#notedFound)
      this.#found(organisation, this.#noted.seq, kind === "whole" ? "tail_removed" : "head_differs");
    const problems = this.#problems.toSorted((a, b) => (a.line || Infinity) - (b.line || Infinity));
    return {
      ...{ ok: problems.length === 0, kind, records: this.#records, chains: this.#chains.size },
      ...{ opened: this.#opened, unjudged: this.#holes.length, problems, head: own },
    };
  }

  #closeWhole(own: NotedHead | null): void {
    this.#problems.push(...this.#holes);
    for (const [chain, left] of this.#anchors)
      for (const seq of left.keys()) this.#found(chain, seq, "tail_removed");
    const said = this.#end?.head ?? null;
    if (this.#end !== null && (said?.seq !== own?.seq || said?.hash !== own?.hash))
      this.#found(organisation, said?.seq ?? 0, "head_differs");
  }

  #found(chain: string, seq: number, kind: ExportProblem["kind"]): void {
    this.#problems.push({ line: this.#line, chain, seq, kind });
  }
}

function lineOf(value: Fields): Line | null {
  const { chain, seq, at, type, data, commitment, hash, personal = null, salt = null } = value;
  const texts = typeof chain === "string" && typeof type === "string" && typeof data === "string";
  if (!texts || typeof hash !== "string" || !/^[0-9a-f]{64}$/u.test(hash)) return null;
  if (typeof seq !== "number" || !Number.isSafeInteger(seq) || seq < 1 || typeof at !== "number") return null;
  if (commitment !== null && typeof commitment !== "string") return null;
  if (salt !== null && typeof salt !== "string") return null;
  return { chain, seq, at, type, data, commitment, hash, personal, salt };
}

function endOf(value: Fields): End | null {
  const { kind, records, head } = fieldsOf(value["end"]) ?? {};
  if ((kind !== "whole" && kind !== "part") || typeof records !== "number") return null;
  const { seq, hash } = fieldsOf(head) ?? {};
  return { kind, records, head: typeof seq === "number" && typeof hash === "string" ? { seq, hash } : null };
}

function parse(text: string): Fields | null {
  try {
    return fieldsOf(JSON.parse(text));
  } catch {
    return null;
  }
}

function fieldsOf(value: unknown): Fields | null {
  return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : null;
}

function genesis(chain: string): string {
  return sha256(Buffer.alloc(0), `sekisho chain ${chain}`);
}

function fromHex(hash: string): Buffer {
  return Buffer.from(hash, "hex");
}

function sha256(before: Buffer, text: string): string {
  return createHash("sha256").update(before).update(text).digest("hex");
}

/** JSON with sorted keys and no spaces. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value) ?? "null";
  const fields = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, field]) => `${JSON.stringify(name)}:${canonical(field)}`).join(",")}}`;
}

export function linesOf(file: string): AsyncIterable<string> {
  return createInterface({ input: createReadStream(file, "utf8"), crlfDelay: Infinity });
}

/** Null: not of this form. */
export function notedHead(text: string): NotedHead | null {
  const [, seq, hash] = /^(\d{1,15})[: ]([0-9a-f]{64})$/u.exec(text) ?? [];
  return seq === undefined || hash === undefined ? null : { seq: Number(seq), hash };
}

if (process.argv[1] === import.meta.filename) {
  const [, , file = "", head = ""] = process.argv;
  const { problems, ...counts } = await verifyExport(linesOf(file), head === "" ? null : notedHead(head));
  for (const { line, chain, seq, kind } of problems)
    process.stdout.write(`line ${line}: ${chain} ${seq} ${kind}\n`);
  process.stdout.write(`${JSON.stringify(counts)}\n`);
  process.exitCode = counts.ok ? 0 : 1;
}
