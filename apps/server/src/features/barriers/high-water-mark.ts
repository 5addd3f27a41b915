/**
 * The newest version of the barriers that this installation has ever decided with, on its own disk: a database that
 * was put back to an older day would silently open walls (BAR-10, Q79). One file for each version, named by it, so that
 * several processes in one folder never lower what another has raised.
 */
import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { systemErrorCode } from "../../config/start-problem.ts";
import { equalBytes, type Keys } from "../../platform/keys/keys.ts";
import { writeDurably } from "./durable-file.ts";

/** `history`: hex digest of all versions up to this one, so that another past with the same number is seen too. */
export type Mark = { readonly version: number; readonly history: string };

export type MarkRead =
  | { readonly kind: "none" }
  | { readonly kind: "good"; readonly mark: Mark }
  /** Somebody changed it, or it is of another installation. `version`: what its name says. */
  | { readonly kind: "damaged"; readonly version: number };

export type HighWaterMark = {
  read(): Promise<MarkRead>;
  /** On the disk when it resolves. */
  raise(mark: Mark): Promise<void>;
};

const nameOf = (version: number) => `seen-${String(version).padStart(10, "0")}.json`;
const named = /^seen-(\d{10})\.json$/u;
const content = z.strictObject({ version: z.int(), history: z.string(), mac: z.string() });

export function createHighWaterMark(folder: string, keys: Keys): HighWaterMark {
  const macOf = ({ version, history }: Mark) => keys.mac("barrier-copy", `mark:${version}:${history}`);

  async function versions(): Promise<readonly number[]> {
    const names = await readdir(folder).catch((error: unknown) => {
      if (systemErrorCode(error) === "ENOENT") return [];
      throw error;
    });
    return names.flatMap((name) => Number(named.exec(name)?.[1] ?? 0) || []).toSorted((a, b) => a - b);
  }

  async function readOne(version: number): Promise<MarkRead | null> {
    try {
      const { mac, ...mark } = content.parse(
        JSON.parse(await readFile(join(folder, nameOf(version)), "utf8")),
      );
      const isOurs = equalBytes(Buffer.from(mac, "base64url"), macOf(mark)) && mark.version === version;
      return isOurs ? { kind: "good", mark } : { kind: "damaged", version };
    } catch (error) {
      // Another process has just put a higher one in its place.
      return systemErrorCode(error) === "ENOENT" ? null : { kind: "damaged", version };
    }
  }

  return {
    async read() {
      for (;;) {
        const highest = (await versions()).at(-1);
        if (highest === undefined) return { kind: "none" };
        const found = await readOne(highest);
        if (found !== null) return found;
      }
    },
    async raise(mark) {
      const text = JSON.stringify({ ...mark, mac: macOf(mark).toString("base64url") });
      await writeDurably(join(folder, nameOf(mark.version)), (handle) => handle.writeFile(text));
      for (const older of await versions())
        if (older < mark.version) await rm(join(folder, nameOf(older)), { force: true });
    },
  };
}
