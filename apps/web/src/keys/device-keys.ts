/**
 * This device's signature key (e2ee.md, 5.2): one for each account, so that others know it again; one for each meeting for
 * a guest, so that a reload is the same person and another meeting cannot tell. Never exportable.
 */
import type { DeviceKey, GroupEngine, LeafIdentity, Suite } from "@sekisho/e2ee";
import { readKey, writeKey } from "./key-database.ts";

export function openDeviceKeys(engine: Pick<GroupEngine, "makeDeviceKey">) {
  /** Without storage (private windows of some browsers) it lives as long as the page. */
  const here = new Map<string, DeviceKey>();

  return async function deviceKey(identity: LeafIdentity, suite: Suite): Promise<DeviceKey> {
    const id = `${suite}:${identity.account ?? `guest:${identity.instance}`}`;
    const known = here.get(id) ?? (await stored(id, suite));
    const key = known ?? (await engine.makeDeviceKey(suite));
    here.set(id, key);
    if (known === null)
      // Gone with the page where it cannot be kept.
      await writeKey("device", id, key).catch(() => undefined);
    return key;
  };
}

async function stored(id: string, suite: Suite): Promise<DeviceKey | null> {
  const value = await readKey("device", id).catch(() => null);
  if (typeof value !== "object" || value === null) return null;
  const publicKey: unknown = Reflect.get(value, "publicKey");
  const privateKey: unknown = Reflect.get(value, "privateKey");
  if (!(publicKey instanceof Uint8Array) || !(privateKey instanceof CryptoKey)) return null;
  return { suite, publicKey, privateKey };
}
