import { useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { call } from "../../api/client.ts";
import type { Person } from "./form-context.ts";

export interface PeopleSearch {
  readonly people: readonly Person[];
  readonly onSearch: (text: string) => void;
  readonly nameOf: (accountId: string) => string;
  readonly isColleague: (email: string) => boolean;
}

/** Search of accounts. Everybody seen once is remembered, so that chosen people keep their names. */
export function usePeople(known: readonly Person[]): PeopleSearch {
  const [text, setText] = useState("");
  const seen = useRef(new Map(known.map((person) => [person.id, person])));
  const found = useQuery({
    queryKey: ["people", text],
    queryFn: ({ signal }) => call("GET", "/api/people", { query: { q: text }, signal }),
    staleTime: 60_000,
  });
  const people = found.data?.people ?? [];
  for (const person of people) seen.current.set(person.id, person);
  return {
    people,
    onSearch: (next) => setText(next.trim().slice(0, 64)),
    nameOf: (id) => seen.current.get(id)?.displayName ?? "",
    isColleague: (email) =>
      [...seen.current.values()].some((one) => one.email.toLowerCase() === email.toLowerCase()),
  };
}
