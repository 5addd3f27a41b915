import type { Me } from "@sekisho/contract";
import { createContext, useContext } from "react";

export const MeContext = createContext<Me | undefined>(undefined);

/** The signed-in account. Only inside the account frame, which waits for it. */
export function useMe(): Me {
  const me = useContext(MeContext);
  if (me === undefined) throw new Error("outside the account frame");
  return me;
}

/** Owners have every duty, others those they were given; the server decides about the data in any case. */
export function hasBarriers(me: Pick<Me, "role" | "duties">): boolean {
  return me.role === "owner" || me.duties.length > 0;
}
