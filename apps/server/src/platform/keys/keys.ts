/**
 * The secrets that are not in the database (MTG-8, DAT-3): one master key in a folder only the server may read; every
 * other key is derived from it by name, or random and wrapped by a derived one.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hkdfSync,
  randomBytes,
  timingSafeEqual,
} from "node:crypto";

export type Keys = {
  /** AES-256-GCM: 12 bytes of nonce, ciphertext, 16 bytes of tag. `context` is bound and must be given again. */
  seal(purpose: KeyPurpose, plain: Buffer, context: string): Buffer;
  /** Throws if the bytes or the context are not what was sealed. */
  open(purpose: KeyPurpose, sealed: Buffer, context: string): Buffer;
  mac(purpose: KeyPurpose, text: string): Buffer;
};

export type KeyPurpose =
  | "webhook-secret"
  | "webhook-delivery"
  | "passcode"
  | "evidence-wrap"
  | "content-wrap"
  | "organisation-evidence"
  | "chain-head"
  | "known-device"
  | "guest-cookie"
  | "barrier-copy"
  | "barrier-upstream"
  | "guest-address"
  | "address-code"
  | "totp"
  | "directory-names"
  | "recovery-code"
  | "provider-secret"
  | "provider-subject"
  | "provider-attempt"
  | "provider-assertion"
  | "provider-trial"
  | "registration"
  | "registration-link"
  | "outbox"
  | "invitee"
  | "invitation-content"
  | "passcode-page"
  | "passcode-page-code";

/** `master`: 32 random bytes, the same on every process of one installation. */
export function createKeys(master: Buffer): Keys {
  if (master.length !== 32) throw new Error("the master key must have 32 bytes");
  const derived = new Map<KeyPurpose, Buffer>();
  function key(purpose: KeyPurpose): Buffer {
    const known = derived.get(purpose);
    if (known !== undefined) return known;
    const made = Buffer.from(hkdfSync("sha256", master, Buffer.alloc(0), `sekisho ${purpose}`, 32));
    derived.set(purpose, made);
    return made;
  }
  return {
    seal: (purpose, plain, context) => sealWith(key(purpose), plain, context),
    open: (purpose, sealed, context) => openWith(key(purpose), sealed, context),
    mac: (purpose, text) => createHmac("sha256", key(purpose)).update(text).digest(),
  };
}

export function sealWith(key: Buffer, plain: Buffer, context: string): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

export function openWith(key: Buffer, sealed: Buffer, context: string): Buffer {
  const nonce = sealed.subarray(0, 12);
  const tag = sealed.subarray(sealed.length - 16);
  const decipher = createDecipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(context));
  decipher.setAuthTag(tag);
  return Buffer.concat([decipher.update(sealed.subarray(12, sealed.length - 16)), decipher.final()]);
}

export function equalBytes(a: Buffer, b: Buffer): boolean {
  return a.length === b.length && timingSafeEqual(a, b);
}
