/** A running digest over every version there has been: two pasts with the same last number differ in it (BAR-10, Q79). */
import { createHash, type Hash } from "node:crypto";

export type VersionRow = { readonly version: number; readonly digest: Buffer };

export class VersionHistory {
  readonly #hash: Hash;
  #version = 0;

  constructor(hash: Hash = createHash("sha256"), version = 0) {
    this.#hash = hash;
    this.#version = version;
  }

  get version(): number {
    return this.#version;
  }

  add({ version, digest }: VersionRow): void {
    this.#hash.update(`${version}:${digest.toString("hex")};`);
    this.#version = version;
  }

  /** A further one that goes its own way. */
  copy(): VersionHistory {
    return new VersionHistory(this.#hash.copy(), this.#version);
  }

  /** Hex. */
  value(): string {
    return this.#hash.copy().digest("hex");
  }
}
