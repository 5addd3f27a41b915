import type { MeetingPreview } from "@sekisho/contract";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/client.ts";
import { toInput, type Draft } from "./draft.ts";

/** Pause in the changes after which the server is asked (ms). */
const PAUSE = 250;

/** What the settings come to, from the server. The topic is not part of the question, since it decides nothing. */
export function usePreview(draft: Draft): MeetingPreview | undefined {
  const question = previewOf(useSettled(draft, PAUSE));
  const asked = useQuery({ ...question, placeholderData: keepPreviousData });
  return draft.confidentiality === undefined ? undefined : asked.data;
}

/** The question about exactly this draft; asking it again while its answer is there asks nobody. */
export function previewOf(draft: Draft) {
  const input = toInput({ ...draft, topic: "-", description: "" });
  return queryOptions({
    queryKey: ["preview", input],
    queryFn: async ({ signal }) => {
      if (input === undefined) throw new Error("no class");
      return call("POST", "/api/meetings/preview", { body: input, signal });
    },
    enabled: input !== undefined,
    gcTime: 60_000,
  });
}

function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
