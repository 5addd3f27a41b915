import { ApiError } from "../api/client.ts";
import type { Words } from "../i18n/words.ts";

/** The sentence for what the server (or the way to it) answered. Needs the catalogue `account`. */
export function problemText(t: Words<"account">, error: unknown): string {
  if (!(error instanceof ApiError)) return t("error.internal");
  const { code, retryAfter } = error.failure;
  if (code === "too_many_tries") return t("error.too_many_tries", { wait: clock(retryAfter ?? 30) });
  return t.maybe(`error.${code}`) ?? t("error.internal");
}

/** Seconds as 0:45. */
function clock(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(Math.ceil(seconds) % 60).padStart(2, "0")}`;
}

export function codeOf(error: unknown): string | undefined {
  return error instanceof ApiError ? error.failure.code : undefined;
}
