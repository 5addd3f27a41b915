/** What this surface needs of the rest of the server; handed over by the server's composition. */
import type { BarrierChange, BarrierModel } from "@sekisho/domain";
import type { RawBuilder } from "kysely";
import type { DecideOnPerson, DirectoryPerson, PersonOfDirectory } from "../../platform/directory.ts";
import type { LogActor } from "../../platform/evidence/organisation-log.ts";

export type DirectoryAccounts = {
  /** Answers the id. Throws `email_taken`, `bad_request`. */
  create(person: PersonOfDirectory, actor: LogActor): Promise<string>;
  /** Throws `not_found`, `not_allowed` (for an owner, and with a detail), `email_taken`, `bad_request`. */
  change(accountId: string, decide: DecideOnPerson, actor: LogActor): Promise<void>;
  /** The account is disabled; for the directory it is gone. Throws like `change`. */
  remove(accountId: string, check: (now: DirectoryPerson) => void, actor: LogActor): Promise<void>;
};

export type DirectoryBarriers = {
  /** As the database has it now. */
  read(): Promise<BarrierModel>;
  /** What loosens waits for somebody who releases it, however little it is (BAR-6). Throws `barriers_changed`. */
  write(
    changes: readonly BarrierChange[],
    how: { readonly actor: LogActor; readonly reason: string; readonly baseVersion: number },
  ): Promise<void>;
};

export type DirectoryReader = {
  /** Null: none that the directory may see. */
  find(accountId: string): Promise<DirectoryPerson | null>;
  /** In the order of their ids. `where` speaks of the columns of `account` and `directory_user`. */
  list(
    where: RawBuilder<boolean> | null,
    page: { readonly startIndex: number; readonly count: number },
  ): Promise<{ readonly total: number; readonly people: readonly DirectoryPerson[] }>;
};
