import { generateKeyPackageWithKey, signKeyPackage, type KeyPackageTBS } from "ts-mls/keyPackage.js";
import { describe, expect, it } from "vitest";
import { groupEngine } from "./engine.ts";
import type { LeafIdentity } from "./group.ts";
import { writeIdentity } from "./identity.ts";
import { capabilitiesFor } from "./profile.ts";
import { keyHandle } from "./suite-facts.ts";
import { suiteWith } from "./suite.ts";
import { applicant, groupOf, identityOf, viewOf } from "./testing/people.ts";
import { bytesOfKeyPackage, keyPackageIn } from "./wire.ts";

const hour = 3600n;
const now = () => BigInt(Math.floor(Date.now() / 1000));

type Odd = {
  readonly identity?: Uint8Array;
  readonly lifetime?: { notBefore: bigint; notAfter: bigint };
  readonly capabilities?: Partial<ReturnType<typeof capabilitiesFor>>;
  readonly suite?: "p256" | "p384";
  readonly bend?: (made: KeyPackageTBS) => KeyPackageTBS;
};

/** Rightly signed, whatever it says. */
async function odd({ identity, lifetime, capabilities, suite = "p256", bend = (made) => made }: Odd) {
  const key = await groupEngine.makeDeviceKey(suite);
  const cs = await suiteWith(suite, key);
  const { publicPackage } = await generateKeyPackageWithKey(
    { credentialType: "basic", identity: identity ?? writeIdentity(identityOf("odd")) },
    { ...capabilitiesFor(suite), ...capabilities },
    lifetime ?? { notBefore: now() - hour, notAfter: now() + hour },
    [],
    { signKey: keyHandle, publicKey: key.publicKey },
    cs,
  );
  return bytesOfKeyPackage(await signKeyPackage(bend(publicPackage), keyHandle, cs.signature));
}

const text = (words: string) => new TextEncoder().encode(words);
const json = (changes: Record<string, unknown>) => text(JSON.stringify({ ...identityOf("odd"), ...changes }));
const reversed = text(JSON.stringify(Object.fromEntries(Object.entries(identityOf("odd")).toReversed())));

const faults: readonly (readonly [string, Odd, string])[] = [
  ["has run out", { lifetime: { notBefore: now() - 5n * hour, notAfter: now() - hour } }, "stale"],
  ["does not hold yet", { lifetime: { notBefore: now() + hour, notAfter: now() + 2n * hour } }, "stale"],
  [
    "holds for longer than a day",
    { lifetime: { notBefore: now() - hour, notAfter: now() + 24n * hour } },
    "broken",
  ],
  ["holds for ever", { lifetime: { notBefore: 0n, notAfter: 9223372036854775807n } }, "broken"],
  ["ends before it begins", { lifetime: { notBefore: now() + hour, notAfter: now() - hour } }, "broken"],
  ["is of the other suite", { suite: "p384" }, "foreign"],
  ["cannot read the policy", { capabilities: { extensions: [] } }, "broken"],
  ["does not know the suite", { capabilities: { ciphersuites: [] } }, "broken"],
  ["does not know the credential", { capabilities: { credentials: ["x509"] } }, "broken"],
  ["stands for nobody", { identity: new Uint8Array() }, "broken"],
  ["is not JSON", { identity: text("{") }, "broken"],
  ["has another order", { identity: reversed }, "broken"],
  ["says more", { identity: json({ role: "host" }) }, "broken"],
  ["has no name", { identity: json({ name: "" }) }, "broken"],
  ["is a guest with an account", { identity: json({ kind: "guest" }) }, "broken"],
  ["is an account without one", { identity: json({ account: null }) }, "broken"],
  ["has an id that is none", { identity: json({ member: "a b" }) }, "broken"],
  ["is of a later version", { identity: json({ v: 2 }) }, "broken"],
  [
    "has another's leaf key for its own",
    { bend: (made) => ({ ...made, initKey: made.leafNode.hpkePublicKey }) },
    "broken",
  ],
  [
    "has a leaf that was signed otherwise",
    {
      bend: (made) => ({
        ...made,
        leafNode: { ...made.leafNode, hpkePublicKey: made.leafNode.signaturePublicKey },
      }),
    },
    "broken",
  ],
  [
    "has a point that is on no curve",
    { bend: (made) => ({ ...made, initKey: made.initKey.with(9, 1 ^ (made.initKey[9] ?? 0)) }) },
    "broken",
  ],
  [
    "carries an extension",
    {
      bend: (made) => ({ ...made, extensions: [{ extensionType: 0xf000, extensionData: new Uint8Array() }] }),
    },
    "broken",
  ],
];

describe("a key package", () => {
  it.each(faults)("[ENC-2] that %s is refused, and nobody is added by it", async (_what, fault, reason) => {
    const bytes = await odd(fault);
    await expect(groupEngine.readKeyPackage(bytes, "p256")).rejects.toMatchObject({ reason });
    const [host] = await groupOf("p256");
    const before = await viewOf(host);
    await expect(host.commit({ add: [bytes] })).rejects.toMatchObject({ reason });
    expect(await viewOf(host)).toBe(before);
  });

  it("[ENC-2] of which any bit was changed is refused", async () => {
    const { keyPackage } = await applicant("p256", "a");
    for (let at = 0; at < keyPackage.length; at += 7) {
      const bent = keyPackage.with(at, (keyPackage[at] ?? 0) ^ 0x10);
      await expect(groupEngine.readKeyPackage(bent, "p256")).rejects.toThrow();
    }
    const longer = Uint8Array.of(...keyPackage, 0);
    await expect(groupEngine.readKeyPackage(longer, "p256")).rejects.toMatchObject({ reason: "broken" });
  });

  it("[ENC-4] tells whom it stands for, and by which key", async () => {
    const { keyPackage, key } = await applicant("p256", "a");
    const read = await groupEngine.readKeyPackage(keyPackage, "p256");
    const { key: name, ...identity } = read;
    expect(identity).toEqual(identityOf("a"));
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", Uint8Array.from(key.publicKey)));
    expect(name).toBe(Buffer.from(digest).toString("base64url"));
    expect(keyPackageIn(keyPackage).leafNode.signaturePublicKey).toEqual(key.publicKey);
  });

  it("[ENC-2] swapped on its way stands for somebody else, by another key", async () => {
    const one = await applicant("p256", "a");
    const swapped = await applicant("p256", "a");
    const [host] = await groupOf("p256");
    const first = await groupEngine.readKeyPackage(one.keyPackage, "p256");
    const second = await groupEngine.readKeyPackage(swapped.keyPackage, "p256");
    expect(second.key).not.toBe(first.key);
    const own = await host.commit({ add: [swapped.keyPackage] });
    await expect(groupEngine.join(own.welcome ?? new Uint8Array(), one.pending)).rejects.toThrow("foreign");
  });

  it("[ENC-2] cannot be made for somebody who cannot be", async () => {
    const key = await groupEngine.makeDeviceKey("p256");
    const nobody: LeafIdentity = { ...identityOf("a"), member: "" };
    await expect(groupEngine.makeKeyPackage(nobody, key)).rejects.toMatchObject({ reason: "forbidden" });
  });

  it("[ENC-2] is signed by a key that nobody can take out of the browser", async () => {
    const { privateKey } = await groupEngine.makeDeviceKey("p384");
    expect(privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey("pkcs8", privateKey)).rejects.toThrow();
  });
});
