import { MutationCache, QueryCache, QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/client.ts";

/** One for the account pages. Refusals are answers, so only a lost connection is tried again. */
export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.failure.code === "unreachable",
    },
    mutations: { retry: false },
  },
});

/**
 * A session that ended elsewhere, or a page that has become too old, shows at the next request: asking for the own account
 * leads to the sign-in page, or to the one that updates.
 */
function noticeSignedOut(error: Error, query?: unknown): void {
  const signedOut =
    error instanceof ApiError &&
    ["sign_in_required", "not_signed_in", "client_too_old"].includes(error.failure.code);
  const me = queryClient.getQueryCache().find({ queryKey: ["me"] });
  if (signedOut && me !== undefined && query !== me) void me.fetch().catch(() => undefined);
}
