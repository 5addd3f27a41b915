import type { OwnFactors, OwnProvider } from "@sekisho/contract";
import { useState, type ReactNode } from "react";
import { call } from "../../api/client.ts";
import { codeOf } from "../problem.ts";
import { ConfirmDialog } from "./confirm-dialog.tsx";
import { useProve } from "./use-prove.ts";

interface Asked {
  readonly factors: OwnFactors;
  readonly providers: readonly OwnProvider[];
  readonly settle: (proved: boolean) => void;
}

/** `run` does a thing, and where the server asks for a fresh proof first, asks for it and does the thing again. */
export function useConfirmed(): {
  run: <T>(action: () => Promise<T>) => Promise<T>;
  dialog: ReactNode;
} {
  const [asked, setAsked] = useState<Asked | undefined>(undefined);
  const answer = (proved: boolean) => {
    asked?.settle(proved);
    setAsked(undefined);
  };
  const prove = useProve(() => answer(true));
  const run = async <T,>(action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      if (!["confirm_first", "second_factor_needed"].includes(codeOf(error) ?? "")) throw error;
      const factors = await call("GET", "/api/me/second-factor");
      const providers = await providersFor(factors);
      const proved = await new Promise<boolean>((settle) => setAsked({ factors, providers, settle }));
      if (!proved) throw error;
      return action();
    }
  };
  const dialog =
    asked === undefined ? null : (
      <ConfirmDialog
        factors={asked.factors}
        providers={asked.providers}
        prove={prove}
        onClose={() => answer(false)}
      />
    );
  return { run, dialog };
}

/** Whoever has a factor proves that; the others may be asked by the provider that they sign in by. */
async function providersFor({ passkeys, totpSince }: OwnFactors): Promise<readonly OwnProvider[]> {
  if (passkeys.length > 0 || totpSince !== null) return [];
  const { providers } = await call("GET", "/api/me/providers").catch(() => ({ providers: [] }));
  return providers.filter(({ linkedAt }) => linkedAt !== null);
}
