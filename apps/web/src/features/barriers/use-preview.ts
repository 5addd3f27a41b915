import type { BarrierImpact } from "@sekisho/contract";
import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { call } from "../../api/client.ts";
import { BARRIERS, useSettled, type Edits } from "./use-barriers.ts";

/** Pause in the changes after which the server is asked (ms). */
const PAUSE = 250;

export interface Preview {
  /** Of the edits before these, while these are being worked out. */
  readonly impact: BarrierImpact | undefined;
  /** These numbers are not about these edits: saving waits. */
  readonly checking: boolean;
  readonly error: unknown;
  readonly again: () => void;
}

/** What saving exactly these edits would do, from the server. No edits: nothing is asked. */
export function usePreview(edits: Edits): Preview {
  const settled = useSettled(edits, PAUSE);
  const asked = useQuery({ ...previewOf(settled), placeholderData: keepPreviousData });
  const behind = JSON.stringify(settled) !== JSON.stringify(edits);
  return {
    impact: edits.length === 0 ? undefined : asked.data,
    checking: edits.length > 0 && (behind || asked.isFetching || asked.isPlaceholderData),
    error: asked.error,
    again: () => void asked.refetch(),
  };
}

export function previewOf(edits: Edits) {
  return queryOptions({
    queryKey: [BARRIERS, "preview", edits],
    queryFn: ({ signal }) => call("POST", "/api/barriers/preview", { body: { edits: [...edits] }, signal }),
    enabled: edits.length > 0,
    // Meetings come and go: an answer of a while ago is none.
    staleTime: 0,
    gcTime: 10_000,
  });
}
