/** What the barriers' pages ask the server. All of it lies under one key, so that one saved version renews all of it. */
import type { BarrierEdit } from "@sekisho/contract";
import { keepPreviousData, useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { call } from "../../api/client.ts";
import type { Choice } from "../../ui/search-select.tsx";
import { lookAgain } from "./status-model.ts";

export const BARRIERS = "barriers";
const PAGE = 50;

/** A version made by somebody else renews what stands on the page, as the own one does. */
export function useStatus() {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: [BARRIERS, "status"],
    queryFn: () => call("GET", "/api/barriers"),
    refetchInterval: ({ state }) => lookAgain(state.data),
  });
  const version = query.data?.version;
  const before = useRef(version);
  useEffect(() => {
    const isNew = before.current !== undefined && version !== undefined && version !== before.current;
    before.current = version;
    if (isNew) void renew(client);
  }, [version, client]);
  return query;
}

type Client = ReturnType<typeof useQueryClient>;

/** Previews are about drafts and not about what is saved: each asks again by itself. */
export function renew(client: Client): Promise<void> {
  return client.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] === BARRIERS && queryKey[1] !== "preview",
  });
}

/** A value that has stood still for `pause` ms. */
export function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}

const start: string | undefined = undefined;

export function usePolicies(search: string) {
  const q = useSettled(search.trim().slice(0, 64), 200);
  return useInfiniteQuery({
    queryKey: [BARRIERS, "policies", q],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/barriers/policies", { query: { q, limit: PAGE, ...cursor(pageParam) }, signal }),
    initialPageParam: start,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useGroups(search: string) {
  const q = useSettled(search.trim().slice(0, 64), 200);
  return useInfiniteQuery({
    queryKey: [BARRIERS, "groups", q],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/barriers/groups", { query: { q, limit: PAGE, ...cursor(pageParam) }, signal }),
    initialPageParam: start,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

export function useMembers(groupId: string, search: string) {
  const q = useSettled(search.trim().slice(0, 64), 200);
  return useInfiniteQuery({
    queryKey: [BARRIERS, "members", groupId, q],
    queryFn: ({ pageParam, signal }) =>
      call("GET", "/api/barriers/groups/:groupId/members", {
        params: { groupId },
        query: { q, limit: PAGE, ...cursor(pageParam) },
        signal,
      }),
    initialPageParam: start,
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });
}

function cursor(page: string | undefined) {
  return page === undefined ? {} : { cursor: page };
}

/** One group by its id; `null` where there is none of this id. */
export function useGroup(groupId: string | undefined) {
  return useQuery({
    queryKey: [BARRIERS, "group", groupId],
    queryFn: async () => {
      if (groupId === undefined) return null;
      const { groups } = await call("GET", "/api/barriers/groups", { query: { groupId, limit: 1 } });
      return groups.find((group) => group.id === groupId) ?? null;
    },
  });
}

export function usePolicy(policyId: string | undefined) {
  return useQuery({
    queryKey: [BARRIERS, "policy", policyId],
    queryFn: async () => {
      if (policyId === undefined) return null;
      const { policies } = await call("GET", "/api/barriers/policies", { query: { policyId, limit: 1 } });
      return policies.find((policy) => policy.id === policyId) ?? null;
    },
  });
}

/** Policies between two groups. There is one in the ordinary case; the list of an import may hold more. */
export function usePair(a: string | undefined, b: string | undefined) {
  return useQuery({
    queryKey: [BARRIERS, "pair", a, b],
    enabled: a !== undefined && b !== undefined,
    queryFn: async () => {
      if (a === undefined || b === undefined) return [];
      const query = { groupId: a, otherGroupId: b, limit: 20 };
      return (await call("GET", "/api/barriers/policies", { query })).policies;
    },
  });
}

export interface Search {
  readonly found: readonly Choice[];
  readonly more: number;
  readonly onSearch: (text: string) => void;
}

export function useGroupSearch(): Search {
  const [text, setText] = useState("");
  const q = useSettled(text.trim().slice(0, 64), 150);
  const list = useQuery({
    queryKey: [BARRIERS, "choose", q],
    queryFn: ({ signal }) => call("GET", "/api/barriers/groups", { query: { q, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
  });
  const groups = list.data?.groups ?? [];
  return {
    found: groups.map(({ id, name }) => ({ id, name })),
    more: Math.max(0, (list.data?.total ?? 0) - groups.length),
    onSearch: setText,
  };
}

export function usePeopleSearch(): Search {
  const [text, setText] = useState("");
  const q = useSettled(text.trim().slice(0, 64), 150);
  const list = useQuery({
    queryKey: [BARRIERS, "people", q],
    queryFn: ({ signal }) => call("GET", "/api/barriers/people", { query: { q }, signal }),
    placeholderData: keepPreviousData,
  });
  const people = list.data?.people ?? [];
  return {
    found: people.map(({ accountId, displayName, email, primaryGroupName }) => ({
      id: accountId,
      name: displayName,
      note: primaryGroupName === null ? email : `${email} · ${primaryGroupName}`,
    })),
    more: 0,
    onSearch: setText,
  };
}

export type Edits = readonly BarrierEdit[];
