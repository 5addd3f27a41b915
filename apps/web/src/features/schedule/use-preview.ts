import type { MeetingPreview } from "@sekisho/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { call } from "../../api/client.ts";
import { toInput, type Draft } from "./draft.ts";

/** Pause in the changes after which the server is asked (ms). */
const PAUSE = 250;

/** What the settings come to, from the server. The topic is not part of the question, since it decides nothing. */
export function usePreview(draft: Draft): MeetingPreview | undefined {
  const settled = useSettled(draft, PAUSE);
  const input = toInput({ ...settled, topic: "-", description: "" });
  const asked = useQuery({
    queryKey: ["preview", input],
    queryFn: async ({ signal }) => {
      if (input === undefined) throw new Error("no class");
      return call("POST", "/api/meetings/preview", { body: input, signal });
    },
    enabled: input !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
  return draft.confidentiality === undefined ? undefined : asked.data;
}

function useSettled<T>(value: T, pause: number): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), pause);
    return () => clearTimeout(timer);
  }, [value, pause]);
  return settled;
}
