import { readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { acceptAll } from "ts-mls/incomingMessageAction.js";
import { defaultClientConfig } from "ts-mls/clientConfig.js";
import { joinGroup, makePskIndex } from "ts-mls/clientState.js";
import { refhash } from "ts-mls/crypto/hash.js";
import { decryptWithLabel, encryptWithLabel } from "ts-mls/crypto/hpke.js";
import { deriveSecret, deriveTreeSecret, expandWithLabel } from "ts-mls/crypto/kdf.js";
import { verifyWithLabel } from "ts-mls/crypto/signature.js";
import { decodeMlsMessage } from "ts-mls/message.js";
import { processMessage } from "ts-mls/processMessages.js";
import { decodeRatchetTree } from "ts-mls/ratchetTree.js";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import type { Suite } from "./group.ts";
import { suiteWith } from "./suite.ts";

const hex = z.string().transform((text) => Uint8Array.from(Buffer.from(text, "hex")));
const suite = z.union([z.literal(2), z.literal(7)]).transform((one): Suite => (one === 2 ? "p256" : "p384"));
const passive = z.object({
  cipher_suite: suite,
  external_psks: z.array(z.object({ psk_id: hex, psk: hex })),
  key_package: hex,
  signature_priv: hex,
  encryption_priv: hex,
  init_priv: hex,
  welcome: hex,
  ratchet_tree: hex.nullable(),
  initial_epoch_authenticator: hex,
  epochs: z.array(z.object({ proposals: z.array(hex), commit: hex, epoch_authenticator: hex })),
});
const basics = z.object({
  cipher_suite: suite,
  ref_hash: z.object({ label: z.string(), value: hex, out: hex }),
  expand_with_label: z.object({ secret: hex, label: z.string(), context: hex, length: z.number(), out: hex }),
  derive_secret: z.object({ secret: hex, label: z.string(), out: hex }),
  derive_tree_secret: z.object({
    secret: hex,
    label: z.string(),
    generation: z.number(),
    length: z.number(),
    out: hex,
  }),
  sign_with_label: z.object({ pub: hex, content: hex, label: z.string(), signature: hex }),
  encrypt_with_label: z.object({
    priv: hex,
    pub: hex,
    label: z.string(),
    context: hex,
    plaintext: hex,
    kem_output: hex,
    ciphertext: hex,
  }),
});
const file = z.object({
  "crypto-basics": z.array(basics),
  "passive-client-welcome": z.array(passive),
  "passive-client-handling-commit": z.array(passive),
});

const packed = readFileSync(new URL("testing/vectors/rfc9420.json.gz", import.meta.url));
const vectors = file.parse(JSON.parse(gunzipSync(packed).toString("utf8")));

function message(bytes: Uint8Array) {
  const [read] = decodeMlsMessage(bytes, 0) ?? [];
  if (read === undefined) throw new Error("not readable");
  return read;
}

async function follow(vector: z.infer<typeof passive>): Promise<void> {
  const cs = await suiteWith(vector.cipher_suite, null);
  const [welcome, keyPackage] = [message(vector.welcome), message(vector.key_package)];
  if (welcome.wireformat !== "mls_welcome" || keyPackage.wireformat !== "mls_key_package")
    throw new Error("other");
  const psks = Object.fromEntries(
    vector.external_psks.map(({ psk_id, psk }) => [Buffer.from(psk_id).toString("base64"), psk]),
  );
  const tree = vector.ratchet_tree === null ? undefined : decodeRatchetTree(vector.ratchet_tree, 0)?.[0];
  const keys = {
    initPrivateKey: vector.init_priv,
    hpkePrivateKey: vector.encryption_priv,
    signaturePrivateKey: vector.signature_priv,
  };
  const config = defaultClientConfig;
  const index = makePskIndex(undefined, psks);
  let state = await joinGroup(
    welcome.welcome,
    keyPackage.keyPackage,
    keys,
    index,
    cs,
    tree,
    undefined,
    config,
  );
  expect(state.keySchedule.epochAuthenticator).toEqual(vector.initial_epoch_authenticator);
  for (const epoch of vector.epochs) {
    for (const bytes of [...epoch.proposals, epoch.commit]) {
      const one = message(bytes);
      if (one.wireformat !== "mls_public_message" && one.wireformat !== "mls_private_message")
        throw new Error("other");
      const result = await processMessage(one, state, makePskIndex(state, psks), acceptAll, cs);
      state = result.newState;
    }
    expect(state.keySchedule.epochAuthenticator).toEqual(epoch.epoch_authenticator);
  }
}

describe("the vectors of RFC 9420, through our cipher suites", () => {
  it.each(vectors["crypto-basics"].map((one) => [one.cipher_suite, one] as const))(
    "[ENC-2] crypto-basics, %s",
    async (_name, one) => {
      const cs = await suiteWith(one.cipher_suite, null);
      const {
        ref_hash: ref,
        expand_with_label: expand,
        derive_secret: derive,
        derive_tree_secret: tree,
      } = one;
      expect(await refhash(ref.label, ref.value, cs.hash)).toEqual(ref.out);
      const { secret, label, context, length } = expand;
      expect(await expandWithLabel(secret, label, context, length, cs.kdf)).toEqual(expand.out);
      expect(await deriveSecret(derive.secret, derive.label, cs.kdf)).toEqual(derive.out);
      const { generation } = tree;
      expect(await deriveTreeSecret(tree.secret, tree.label, generation, tree.length, cs.kdf)).toEqual(
        tree.out,
      );
      const { pub, content, signature, label: signLabel } = one.sign_with_label;
      expect(await verifyWithLabel(pub, signLabel, content, signature, cs.signature)).toBe(true);
      expect(
        await verifyWithLabel(
          pub,
          signLabel,
          content.with(0, 1 ^ (content[0] ?? 0)),
          signature,
          cs.signature,
        ),
      ).toBe(false);
      const sealed = one.encrypt_with_label;
      const own = await cs.hpke.importPrivateKey(sealed.priv);
      const open = async (kem: Uint8Array, ciphertext: Uint8Array) =>
        await decryptWithLabel(own, sealed.label, sealed.context, kem, ciphertext, cs.hpke);
      expect(await open(sealed.kem_output, sealed.ciphertext)).toEqual(sealed.plaintext);
      const to = await cs.hpke.importPublicKey(sealed.pub);
      const again = await encryptWithLabel(to, sealed.label, sealed.context, sealed.plaintext, cs.hpke);
      expect(await open(again.enc, again.ct)).toEqual(sealed.plaintext);
    },
  );

  it.each(vectors["passive-client-welcome"].map((one, at) => [at, one.cipher_suite, one] as const))(
    "[ENC-2] passive-client-welcome %s, %s",
    async (_at, _name, one) => {
      await follow(one);
    },
  );

  it.each(vectors["passive-client-handling-commit"].map((one, at) => [at, one.cipher_suite, one] as const))(
    "[ENC-2] passive-client-handling-commit %s, %s",
    async (_at, _name, one) => {
      await follow(one);
    },
  );
});
