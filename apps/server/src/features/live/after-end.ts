/**
 * What an ended instance leaves to be done: its chat becomes unreadable, its head is anchored, a personal link is
 * renewed (DAT-3, AUD-1, MTG-8). The row says whether it was done, so that a process that dies in between loses nothing.
 */
import type { InstanceState } from "@sekisho/domain";
import type { Db } from "../../platform/db/database.ts";
import type { Chat } from "./chat.ts";
import type { Runner } from "./runner.ts";

export type AfterEndDeps = {
  readonly db: Db;
  readonly chat: Chat;
  readonly runner: Runner;
  readonly onEnded: (state: InstanceState) => Promise<void>;
};

export type AfterEnd = {
  tidy(state: InstanceState): Promise<void>;
  /** Instances that ended and were not tidied, by this process or another. */
  sweep(): Promise<void>;
};

export function createAfterEnd({ db, chat, runner, onEnded }: AfterEndDeps): AfterEnd {
  async function tidy(state: InstanceState): Promise<void> {
    if (state.phase !== "ended") return;
    await chat.destroy(state.instanceId);
    await onEnded(state);
    await db
      .updateTable("meeting_instance")
      .set({ tidied: true })
      .where("id", "=", state.instanceId)
      .where("phase", "=", "ended")
      .execute();
  }

  return {
    tidy,
    async sweep() {
      const rows = await db
        .selectFrom("meeting_instance")
        .select("id")
        .where("phase", "=", "ended")
        .where("tidied", "=", false)
        .limit(20)
        .execute();
      for (const { id } of rows) {
        const state = await runner.read(id);
        if (state !== null) await tidy(state);
      }
    },
  };
}
