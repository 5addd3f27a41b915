/**
 * The only place in this package where a type is asserted.
 * Each function takes a value that its caller has just made or read from our own store.
 */
import type {
  AccountId,
  AdmissionId,
  BanId,
  BarrierPolicyId,
  BreakoutId,
  GroupId,
  GuestId,
  InstanceId,
  MeetingId,
  OrganisationId,
  RegistrationId,
  SessionId,
  SfuIdentity,
  SfuRoom,
} from "./ids.ts";

export const id = {
  organisation: (value: string) => value as OrganisationId,
  account: (value: string) => value as AccountId,
  session: (value: string) => value as SessionId,
  guest: (value: string) => value as GuestId,
  meeting: (value: string) => value as MeetingId,
  instance: (value: string) => value as InstanceId,
  admission: (value: string) => value as AdmissionId,
  registration: (value: string) => value as RegistrationId,
  ban: (value: string) => value as BanId,
  breakout: (value: string) => value as BreakoutId,
  group: (value: string) => value as GroupId,
  barrierPolicy: (value: string) => value as BarrierPolicyId,
  sfuRoom: (value: string) => value as SfuRoom,
  sfuIdentity: (value: string) => value as SfuIdentity,
} as const;

/** The keys of a record whose shape is fully known (no excess keys at run time). */
export function keysOf<T extends object>(record: T): readonly (keyof T)[] {
  return Object.keys(record) as (keyof T)[];
}
