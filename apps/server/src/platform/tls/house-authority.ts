import "reflect-metadata";
import { createPrivateKey, randomBytes } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  Extension,
  type JsonGeneralNames,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";
import { StartProblem } from "../../config/start-problem.ts";
import { keptSecret, readSecret } from "../embedded/secret-file.ts";
import { nameConstraints } from "./name-constraints.ts";
import type { OwnNames } from "./own-names.ts";

/** PEM texts. */
export type KeyAndCertificate = { readonly key: string; readonly cert: string };

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;
const authorityDays = 3_650;
/** Some devices refuse longer ones, also below an authority of one's own. */
export const leafDays = 90;

export type HouseAuthority = {
  /** For people to install on their devices; holds nothing secret. */
  readonly caFile: string;
  readonly caCertificate: string;
  issue(names: OwnNames, now: Date): Promise<KeyAndCertificate>;
};

/** The authority of this data folder: made at the first start, its key kept in the keys folder (0600). Throws `secret_damaged`. */
export async function openHouseAuthority(
  dataDir: string,
  keysDir: string,
  names: OwnNames,
): Promise<HouseAuthority> {
  const bundleFile = join(keysDir, "house-authority.pem");
  // Key and certificate in one file, so that they can never belong to different beginnings.
  const fresh = readSecret(bundleFile) === null ? await createAuthority(names) : "";
  const bundle = keptSecret(bundleFile, () => fresh);
  const caFile = join(dataDir, "ca.pem");
  const { certificate, signingKey } = await parsed(bundle, bundleFile);
  const caCertificate = certificate.toString("pem");
  if (!existsSync(caFile) || readFileSync(caFile, "utf8") !== caCertificate)
    writeFileSync(caFile, caCertificate);
  return {
    caFile,
    caCertificate,
    issue: (wanted, now) => issueLeaf(certificate, signingKey, { wanted, now }),
  };
}

async function parsed(bundle: string, path: string) {
  try {
    const certificate = new X509Certificate(pemPart(bundle, "CERTIFICATE"));
    return { certificate, signingKey: await importKey(pemPart(bundle, "PRIVATE KEY")) };
  } catch (error) {
    throw new StartProblem("secret_damaged", { path }, error);
  }
}

async function createAuthority({ names }: OwnNames): Promise<string> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const title = `CN=Sekisho ${names[1] ?? "house"} ${randomBytes(3).toString("hex")}`;
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: title,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + authorityDays * dayMs),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      new Extension("2.5.29.30", true, new Uint8Array(nameConstraints([...names, "local"]))),
    ],
  });
  return `${await exportKey(keys.privateKey)}${certificate.toString("pem")}\n`;
}

async function issueLeaf(
  authority: X509Certificate,
  signingKey: CryptoKey,
  { wanted, now }: { wanted: OwnNames; now: Date },
): Promise<KeyAndCertificate> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const alternatives: JsonGeneralNames = [
    ...wanted.names.map((value) => ({ type: "dns" as const, value })),
    ...wanted.addresses.map((value) => ({ type: "ip" as const, value })),
  ];
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: "CN=Sekisho",
    issuer: authority.subject,
    notBefore: new Date(now.getTime() - dayMs),
    notAfter: new Date(now.getTime() + leafDays * dayMs),
    signingKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(alternatives),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
      await AuthorityKeyIdentifierExtension.create(authority.publicKey),
    ],
  });
  return { key: await exportKey(keys.privateKey), cert: certificate.toString("pem") };
}

/** Positive, as RFC 5280 wants it. */
function serialNumber(): string {
  return `01${randomBytes(15).toString("hex")}`;
}

async function exportKey(key: CryptoKey): Promise<string> {
  const der = Buffer.from(await crypto.subtle.exportKey("pkcs8", key));
  return createPrivateKey({ key: der, format: "der", type: "pkcs8" })
    .export({ format: "pem", type: "pkcs8" })
    .toString();
}

function importKey(pem: string): Promise<CryptoKey> {
  const der = createPrivateKey(pem).export({ format: "der", type: "pkcs8" });
  return crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
}

function pemPart(bundle: string, label: string): string {
  const part = new RegExp(`-----BEGIN ${label}-----[^-]+-----END ${label}-----`).exec(bundle)?.[0];
  if (part === undefined) throw new Error(`the kept authority holds no ${label}`);
  return part;
}
