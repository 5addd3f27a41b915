import { QueryClient } from "@tanstack/react-query";
import { ApiError } from "../api/client.ts";

/** One for the account pages. Refusals are answers, so only a lost connection is tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      retry: (count, error) => count < 2 && error instanceof ApiError && error.failure.code === "unreachable",
    },
    mutations: { retry: false },
  },
});
