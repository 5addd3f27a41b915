import type { Me } from "@sekisho/contract";
import { createContext, useContext } from "react";

export const MeContext = createContext<Me | undefined>(undefined);

/** The signed-in account. Only inside the account frame, which waits for it. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error("outside the account frame");
  return me;
}

/** Owners look after barriers or let others do so; the server decides about the data in any case. */
export function hasBarriers(me: Me): boolean {
  return me.role === "owner";
}
