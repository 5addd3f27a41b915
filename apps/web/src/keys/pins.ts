/** What this device remembers of others' keys across meetings: seen first, seen before, compared, changed (ENC-4). */
import type { Member } from "@sekisho/e2ee";
import { readKey, writeKey } from "./key-database.ts";
import type { KeyTrust } from "./keys-state.ts";

export type Pins = {
  /** For the screen, at once: what has been looked up so far. */
  trustOf(member: Pick<Member, "account" | "key">): KeyTrust;
  /** Looks them up, and remembers whom it sees for the first time. Resolves to whether anything is known that was not. */
  see(members: readonly Member[]): Promise<boolean>;
  check(members: readonly Member[]): Promise<void>;
};

export function createPins(): Pins {
  const found = new Map<string, KeyTrust>();

  async function look(member: Member): Promise<KeyTrust> {
    if ((await read("checked", member.key)) !== null) return "checked";
    if (member.account === null) return "new";
    const pinned = await read("pins", member.account);
    if (pinned === member.key) return "known";
    if (pinned !== null) return "changed";
    await writeKey("pins", member.account, member.key).catch(() => undefined);
    return "new";
  }

  return {
    trustOf: ({ key }) => found.get(key) ?? "new",
    async see(members) {
      const unknown = members.filter(({ key }) => !found.has(key));
      for (const member of unknown) found.set(member.key, await look(member));
      return unknown.length > 0;
    },
    async check(members) {
      for (const { key, account } of members) {
        found.set(key, "checked");
        await writeKey("checked", key, Date.now()).catch(() => undefined);
        // Compared aloud, it is this person's key from now on, whatever it was before.
        if (account !== null) await writeKey("pins", account, key).catch(() => undefined);
      }
    },
  };
}

async function read(store: "pins" | "checked", id: string): Promise<unknown> {
  return (await readKey(store, id).catch(() => null)) ?? null;
}
