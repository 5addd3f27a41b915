/** Key packages: made for one use, and read when somebody else's is to be added. */
import { generateKeyPackageWithKey, type KeyPackage } from "ts-mls/keyPackage.js";
import { wipe } from "./bytes.ts";
import { GroupRefused, type DeviceKey, type LeafIdentity, type PendingMember, type Suite } from "./group.ts";
import { readIdentity, writeIdentity } from "./identity.ts";
import { keyName } from "./members.ts";
import { capabilitiesFor, checkKeyPackage, lifetimeFromNow } from "./profile.ts";
import { keyHandle } from "./suite-facts.ts";
import { suiteWith } from "./suite.ts";
import { bytesOfKeyPackage, keyPackageIn } from "./wire.ts";

/** A key package with its private half. */
export type Package = {
  readonly identity: LeafIdentity;
  readonly key: DeviceKey;
  readonly keyPackage: KeyPackage;
  readonly initKey: Uint8Array;
  readonly leafKey: Uint8Array;
};

const privateHalves = new WeakMap<PendingMember, Package>();

export async function makePackage(identity: LeafIdentity, key: DeviceKey): Promise<Package> {
  const bytes = writeIdentity(identity);
  if (readIdentity(bytes) === null) throw new GroupRefused("forbidden");
  const { publicPackage, privatePackage } = await generateKeyPackageWithKey(
    { credentialType: "basic", identity: bytes },
    capabilitiesFor(key.suite),
    lifetimeFromNow(),
    [],
    { signKey: keyHandle, publicKey: key.publicKey },
    await suiteWith(key.suite, key),
  );
  const { initPrivateKey, hpkePrivateKey } = privatePackage;
  return { identity, key, keyPackage: publicPackage, initKey: initPrivateKey, leafKey: hpkePrivateKey };
}

export async function makeKeyPackage(
  identity: LeafIdentity,
  key: DeviceKey,
): Promise<{ readonly keyPackage: Uint8Array; readonly pending: PendingMember }> {
  const made = await makePackage(identity, key);
  const pending: PendingMember = { identity, suite: key.suite };
  privateHalves.set(pending, made);
  return { keyPackage: bytesOfKeyPackage(made.keyPackage), pending };
}

/** The private half, where it has not been used yet. */
export function packageOf(pending: PendingMember): Package {
  const found = privateHalves.get(pending);
  if (found === undefined) throw new GroupRefused("stale");
  return found;
}

/** A key package has let its owner in: it does not a second time. */
export function usedUp(pending: PendingMember): void {
  const found = privateHalves.get(pending);
  if (found !== undefined) wipe(found.initKey);
  privateHalves.delete(pending);
}

export async function readKeyPackage(
  bytes: Uint8Array,
  suite: Suite,
): Promise<LeafIdentity & { readonly key: string }> {
  const keyPackage = keyPackageIn(bytes);
  const identity = await checkKeyPackage(keyPackage, suite, await suiteWith(suite, null));
  return { ...identity, key: keyName(keyPackage.leafNode.signaturePublicKey) };
}
