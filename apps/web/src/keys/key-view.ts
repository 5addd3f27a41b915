/** What the server says of one group to one person, as the session reads it. Never more than a hint: members decide. */
export type GroupView = {
  readonly self: string;
  /** The server counts this person among the group's members. */
  readonly keyed: boolean;
  /** Null where it is not told: to whoever is not in. */
  readonly generation: number | null;
  readonly epoch: number | null;
  /** A key package of this person lies ready at the server. */
  readonly offered: boolean;
  readonly awaiting: readonly { readonly id: string; readonly ready: boolean }[];
  readonly mayFound: boolean;
  /** Everybody who belongs in the group now, by admission. */
  readonly people: ReadonlyMap<string, Belonging>;
};

export type Belonging = {
  readonly name: string;
  readonly connected: boolean;
  /** Host, co-host, verifier: named in the group's policy as those who may add (ENC-7). */
  readonly admits: boolean;
};
