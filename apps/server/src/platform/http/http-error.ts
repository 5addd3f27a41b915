/** A refusal that a client may see: one code of the contract, nothing else of what happened inside. */
import { errorStatus, type ErrorCode } from "@sekisho/contract";

export type ErrorExtra = {
  readonly retryAfterSeconds?: number;
  /** ui.md §6: random, resolves only in the audit log. */
  readonly reference?: string;
  /** Paths of fields that were not accepted. */
  readonly fields?: readonly string[];
  /** For `contradiction`: its codes. */
  readonly details?: readonly string[];
};

export class HttpError extends Error {
  readonly code: ErrorCode;
  readonly extra: ErrorExtra;

  constructor(code: ErrorCode, extra: ErrorExtra = {}) {
    super(code);
    this.code = code;
    this.extra = extra;
  }

  get status(): number {
    return errorStatus[this.code];
  }

  /** The whole body of the answer. */
  get body(): Record<string, unknown> {
    const { reference, fields, details } = this.extra;
    return {
      code: this.code,
      ...(reference === undefined ? {} : { reference }),
      ...(fields === undefined ? {} : { fields }),
      ...(details === undefined ? {} : { details }),
    };
  }
}
