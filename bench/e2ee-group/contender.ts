/** One way to keep a group, for the bench: who commits, who follows, and what both come to. */
export type Suite = "p256" | "p384";

export type Group = {
  /** Makes a commit and holds it. */
  rekey(): Promise<Uint8Array>;
  add(keyPackage: Uint8Array): Promise<{ readonly commit: Uint8Array; readonly welcome: Uint8Array }>;
  remove(member: string): Promise<Uint8Array>;
  follow(commit: Uint8Array): Promise<void>;
  size(): number;
  /** A secret of the epoch, in hex. */
  secret(): Promise<string>;
};

export type Waiting = { readonly keyPackage: Uint8Array; join(welcome: Uint8Array): Promise<Group> };

export type Contender = {
  readonly name: string;
  found(suite: Suite): Promise<Group>;
  wait(suite: Suite, member: string): Promise<Waiting>;
  /** All of them in one commit. */
  addAll(group: Group, keyPackages: readonly Uint8Array[]): Promise<Uint8Array>;
};
