/** People as a directory names them (IDN-3): shared by what speaks its protocol and by what keeps the accounts. */
import type { AccountRole } from "@sekisho/contract";

/** What a directory says of a person. */
export type PersonOfDirectory = {
  /** Without regard to case one of a kind. */
  readonly userName: string;
  readonly externalId: string | null;
  readonly givenName: string | null;
  readonly familyName: string | null;
  readonly email: string;
  readonly displayName: string;
  /** Null: it does not say. */
  readonly locale: "ja" | "en" | null;
  readonly active: boolean;
};

/** An account as the directory sees it. */
export type DirectoryPerson = PersonOfDirectory & {
  readonly id: string;
  readonly role: AccountRole;
  readonly locale: "ja" | "en";
  readonly createdAt: Date;
  readonly changedAt: Date;
};

/** Decides on the person as it is behind the lock. Throws what refuses the change. */
export type DecideOnPerson = (now: DirectoryPerson) => PersonOfDirectory;
