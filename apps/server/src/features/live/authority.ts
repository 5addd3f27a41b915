/** What the SFU gate asks: the one admission function, with the state of this very moment (ADM-1, ADM-7, ADM-11). */
import { grantsOf, id, isInCall, mayConnect, sfuRoomOf, type GateLimits } from "@sekisho/domain";
import type { GateAuthority, RedeemResult } from "../../sfu/gate-authority.ts";
import { principalOf } from "../../platform/http/caller.ts";
import type { Sessions } from "../../platform/http/sessions.ts";
import type { BarrierSource } from "./ports.ts";
import type { Runner } from "./runner.ts";
import type { Settled } from "./settled.ts";
import type { Tickets } from "./tickets.ts";

export type AuthorityDeps = {
  readonly runner: Runner;
  readonly tickets: Tickets;
  readonly sessions: Sessions;
  readonly barriers: BarrierSource;
  /** Of the barriers, as the database has it now. */
  readonly barrierVersion: () => Promise<number>;
  /** What the SFU was asked to end has ended there. */
  readonly settled: Settled;
  readonly clock: { now(): number };
  readonly limits: GateLimits;
  /** False while this process has not heard from its database for too long: nobody connects then. */
  readonly listening: () => boolean;
  /** The instance refused a connection that had just opened: it has to go. */
  readonly onUnwanted: (admissionId: string, sfuRoom: string, sfuIdentity: string) => void;
  readonly onFailure: (error: unknown) => void;
};

const no: RedeemResult = { ok: false };

export function createAuthority(deps: AuthorityDeps): GateAuthority {
  const { runner, tickets, sessions } = deps;
  let epoch = 0;

  return {
    /** `binding` is the cookie header: who asks is found from it anew each time, so an ended session is nobody. */
    async redeem({ ticket, binding, kind }) {
      if (!deps.listening() || !/^[A-Za-z0-9_-]{43}$/u.test(ticket)) return no;
      const [row, caller] = await Promise.all([tickets.find(ticket), sessions.callerOf(binding)]);
      const principal = principalOf(caller);
      if (row === null || principal === null || principal.device !== row.device) return no;
      const state = await runner.read(row.instanceId);
      const seat = { admissionId: id.admission(row.admissionId), principal };
      const barrier = await deps.barriers.at(await deps.barrierVersion());
      const { dropGraceMs } = deps.limits;
      const person = mayConnect(state, seat, { now: deps.clock.now(), dropGraceMs, barrier });
      if (state === null || person === null || person.sfuIdentity === null || !deps.listening()) return no;
      const sfuRoom = sfuRoomOf(state, person);
      // In another room by now (SEC-4): a ticket is good for the stay it was made for.
      if (sfuRoom === null || row.sfuIdentity !== person.sfuIdentity) return no;
      // A soft block is in force before whoever causes it is in, and a removed person is out before the next comes.
      if (barrier.on && !(await deps.settled(row.instanceId))) return no;
      if (kind !== "validate") await tickets.keep(ticket);
      epoch += 1;
      return {
        ok: true,
        seat: {
          instanceId: row.instanceId,
          admissionId: person.id,
          sfuRoom,
          sfuIdentity: person.sfuIdentity,
          grants: grantsOf(state, person),
          // ADM-13: the SFU itself lets no third one into a call.
          ...(isInCall(state, person) ? { mostPeople: 2 } : {}),
          connectionEpoch: epoch,
        },
      };
    },
    async nextTicket(seat) {
      const state = runner.peek(seat.instanceId) ?? (await runner.read(seat.instanceId));
      const device = state?.admissions.get(id.admission(seat.admissionId))?.principal.device ?? "";
      const { instanceId, admissionId, sfuIdentity } = seat;
      return tickets.issueNext({ instanceId, admissionId, sfuIdentity, device });
    },
    handedOver(oldTicket) {
      tickets.supersede(oldTicket).catch(deps.onFailure);
    },
    opened(seat, connectionId) {
      const admissionId = id.admission(seat.admissionId);
      const unwanted = () => deps.onUnwanted(seat.admissionId, seat.sfuRoom, seat.sfuIdentity);
      // The last word is behind the instance's lock: a removal that came in between wins.
      runner
        .run(
          seat.instanceId,
          { type: "gate.connected", admissionId, connectionId, sfuIdentity: seat.sfuIdentity },
          null,
        )
        .then(
          (decision) => {
            if (decision.kind === "rejected") unwanted();
          },
          (error: unknown) => {
            deps.onFailure(error);
            unwanted();
          },
        );
    },
    closed(seat, connectionId) {
      const admissionId = id.admission(seat.admissionId);
      runner
        .run(seat.instanceId, { type: "gate.dropped", admissionId, connectionId }, null)
        .catch(deps.onFailure);
    },
  };
}
