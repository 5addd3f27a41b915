/** Between the page and the worker that holds the groups: one question, one answer. */
import type { GroupPort } from "./group-port.ts";
import type { RefusedReason } from "@sekisho/e2ee";

export type Operation = keyof GroupPort;

export type Ask = { readonly id: number; readonly operation: Operation; readonly args: readonly unknown[] };

export type Answer =
  | { readonly id: number; readonly ok: true; readonly value: unknown }
  | { readonly id: number; readonly ok: false; readonly reason: RefusedReason | "failed" };
