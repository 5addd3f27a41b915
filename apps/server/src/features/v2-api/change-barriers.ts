/** One call's change of the barriers: made on the newest version, and made again where another came in between. */
import type { BarrierChange, BarrierModel } from "@sekisho/domain";
import { HttpError } from "../../platform/http/http-error.ts";
import type { ApiBarriers } from "./ports.ts";
import type { V2Call } from "./v2-binder.ts";
import { V2Error } from "./v2-error.ts";

type Call = Pick<V2Call<unknown, unknown>, "client" | "ifMatch" | "tag">;

const mostTries = 8;

/**
 * `make` may throw; no changes: nothing is written. Answers the model after it. With `If-Match` it is that version or
 * `version_changed`; without, another's change in between makes this one be worked out anew.
 */
export async function changeBarriers(
  barriers: ApiBarriers,
  call: Call,
  reason: string | undefined,
  make: (model: BarrierModel) => readonly BarrierChange[],
): Promise<BarrierModel> {
  for (let tries = 0; tries < mostTries; tries++) {
    const model = await barriers.read();
    if (call.ifMatch !== null && call.ifMatch !== model.version) throw new V2Error("version_changed");
    const changes = make(model);
    if (changes.length > 0 && !(await written(barriers, call, { changes, model, reason }))) continue;
    const after = await barriers.read();
    call.tag(after.version);
    return after;
  }
  throw new V2Error("busy");
}

async function written(
  barriers: ApiBarriers,
  call: Call,
  what: {
    readonly changes: readonly BarrierChange[];
    readonly model: BarrierModel;
    readonly reason: string | undefined;
  },
): Promise<boolean> {
  try {
    await barriers.write(what.changes, {
      origin: "api",
      actor: { kind: "service", id: call.client.id },
      reason: reasonOf(call, what.reason),
      baseVersion: what.model.version,
    });
    return true;
  } catch (error) {
    if (!(error instanceof HttpError) || error.code !== "barriers_changed" || call.ifMatch !== null)
      throw error;
    return false;
  }
}

export function reasonOf(call: Pick<Call, "client">, reason: string | undefined): string {
  return reason === undefined || reason === "" ? `API: ${call.client.name}` : reason;
}
