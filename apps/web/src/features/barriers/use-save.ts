import type { BarrierStatus } from "@sekisho/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { call } from "../../api/client.ts";
import { codeOf } from "../../app-shell/problem.ts";
import { movedBetween, type Moved } from "./impact-model.ts";
import { BARRIERS, renew, type Edits } from "./use-barriers.ts";
import { previewOf, type Preview } from "./use-preview.ts";

export interface Saved {
  readonly version: number;
  /** Part of it waits for a second person. */
  readonly pending: boolean;
}

/** Why a press has to be repeated: what was shown is not what would happen now. */
export type Again = { readonly kind: "moved"; readonly moved: Moved } | { readonly kind: "version" };

export interface Save {
  readonly submit: (reason: string) => void;
  readonly working: boolean;
  readonly again: Again | undefined;
  readonly error: unknown;
}

export interface SaveInput {
  readonly edits: Edits;
  readonly version: number;
  readonly preview: Preview;
  readonly onSaved: (saved: Saved) => void;
}

/**
 * Saves what was shown. If the state has moved since, nothing is saved: the new numbers are fetched, the difference is
 * said, and the press has to be repeated (BAR-11).
 */
export function useSave({ edits, version, preview, onSaved }: SaveInput): Save {
  const client = useQueryClient();
  // What the draft was made on; it follows the server's only after somebody has been told.
  const [base, setBase] = useState(version);
  const [again, setAgain] = useState<Again | undefined>(undefined);
  const { impact } = preview;
  const save = useMutation({
    mutationFn: async (reason: string) => {
      if (impact === undefined) throw new Error("nothing was shown yet");
      const body = { edits: [...edits], reason: reason.trim(), baseVersion: base, impact: impact.digest };
      return call("POST", "/api/barriers/versions", { body });
    },
    onSuccess: async (answer) => {
      await renew(client);
      onSaved({ version: answer.version, pending: answer.pendingId !== null });
    },
    onError: async (error) => {
      const code = codeOf(error);
      if (impact === undefined || (code !== "impact_changed" && code !== "barriers_changed")) return;
      const [now] = await Promise.all([
        client.fetchQuery({ ...previewOf(edits), staleTime: 0 }),
        renew(client),
      ]);
      setBase(client.getQueryData<BarrierStatus>([BARRIERS, "status"])?.version ?? base);
      setAgain(
        code === "impact_changed" ? { kind: "moved", moved: movedBetween(impact, now) } : { kind: "version" },
      );
    },
  });
  const repeated = ["impact_changed", "barriers_changed"].includes(codeOf(save.error) ?? "");
  return {
    submit: (reason) => {
      if (save.isPending || preview.checking || impact === undefined) return;
      setAgain(undefined);
      save.mutate(reason);
    },
    working: save.isPending,
    again,
    error: repeated ? null : save.error,
  };
}
