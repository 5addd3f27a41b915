/** Who must not know of whom: for searches, invitations and lists, outside of any one meeting (BAR-14). */
import { id } from "../unsafe.ts";
import type { BarrierContext } from "./context.ts";

/** Of two accounts. Nobody is apart from oneself. */
export type Apart = (a: string, b: string) => boolean;

/** Hard-blocked. Where nothing is known, everybody is apart from everybody: no search result, no invitation (BAR-10). */
export function apartIn(barrier: BarrierContext): Apart {
  if (!barrier.on) return () => false;
  if (barrier.denyNew) return (a, b) => a !== b;
  const classOf = (accountId: string) =>
    barrier.classOf({ kind: "account", accountId: id.account(accountId), device: "" });
  return (a, b) => a !== b && barrier.hard(classOf(a), classOf(b));
}
