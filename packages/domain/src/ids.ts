/** Opaque identifiers. A brand keeps one kind from standing in for another; the values are made by the server. */
declare const brand: unique symbol;
type Branded<Name extends string> = string & { readonly [brand]: Name };

export type OrganisationId = Branded<"organisation">;
export type AccountId = Branded<"account">;
export type SessionId = Branded<"session">;
/** A browser without an account, known by its device cookie. */
export type GuestId = Branded<"guest">;
export type MeetingId = Branded<"meeting">;
/** One occurrence of a meeting (MTG-3). */
export type InstanceId = Branded<"instance">;
/** One request to join and all that follows from it. */
export type AdmissionId = Branded<"admission">;
/** One registration for a meeting (INV-5). */
export type RegistrationId = Branded<"registration">;
export type BanId = Branded<"ban">;
/** A breakout room of an instance (SEC-4). */
export type BreakoutId = Branded<"breakout">;
/** The name of a room at the SFU, of an instance or of one of its breakout rooms: opaque, unguessable. */
export type SfuRoom = Branded<"sfuRoom">;
/** What the SFU calls a person: opaque, unique to one stay in one room. */
export type SfuIdentity = Branded<"sfuIdentity">;
/** A group of people of the organisation (BAR-1, BAR-2). */
export type GroupId = Branded<"group">;
export type BarrierPolicyId = Branded<"barrierPolicy">;
