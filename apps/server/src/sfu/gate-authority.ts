import type { GateCloseReason } from "@sekisho/contract";
import type { MediaGrants } from "@sekisho/domain";

/** One admitted person's place at the SFU, as the admission function sees it at this moment (ADM-1). */
export type GateSeat = {
  readonly instanceId: string;
  readonly admissionId: string;
  readonly sfuRoom: string;
  /** Opaque and unique per admission. */
  readonly sfuIdentity: string;
  readonly grants: MediaGrants;
  /** Most people that the SFU lets into this room at a time; absent: as the gate's limits say. */
  readonly mostPeople?: number;
  /** Rises with every connection of this admission that the authority has allowed. */
  readonly connectionEpoch: number;
};

export type GateKind = "connect" | "resume" | "validate";

export type RedeemRequest = {
  readonly ticket: string;
  /** What ties the ticket to one person's cookie; opaque to the gate. */
  readonly binding: string;
  readonly ip: string;
  readonly kind: GateKind;
};

export type RedeemResult = { readonly ok: true; readonly seat: GateSeat } | { readonly ok: false };

/** Why a connection is over: a close code of ours, or the person left (said so) or was lost. */
export type GateEnd = GateCloseReason | "left" | "lost";

/**
 * Who decides. The gate asks up to three times for one connection, with the same ticket, and holds no opinion
 * of its own. A ticket stays good until its successor was handed over, plus 60 s. Any method may reject: the
 * gate then answers 503 and lets nobody in.
 */
export type GateAuthority = {
  redeem(request: RedeemRequest): Promise<RedeemResult>;
  /** A fresh ticket for a seat that holds a connection. */
  nextTicket(seat: GateSeat): Promise<string>;
  /** The successor of this ticket has been written to the page. */
  handedOver(oldTicket: string): void;
  opened(seat: GateSeat, connectionId: string): void;
  closed(seat: GateSeat, connectionId: string, why: GateEnd): void;
};
