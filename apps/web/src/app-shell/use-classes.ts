import { queryOptions } from "@tanstack/react-query";
import { call } from "../api/client.ts";

/** Each class in the organisation's own words, and what a new meeting of it starts with (CNF-2). */
export const classesQuery = queryOptions({
  queryKey: ["classes"],
  queryFn: () => call("GET", "/api/classes"),
  staleTime: 60_000,
});
