import { readFileSync } from "node:fs";
import { createSecureContext } from "node:tls";
import type { CertificateSource } from "./certificate-source.ts";
import type { KeyAndCertificate } from "./house-authority.ts";

const everyMs = 60_000;

/** A certificate somebody else renews: read again when it changed, and used only when key and certificate fit. */
export function fileSource(certFile: string, keyFile: string): CertificateSource {
  let current = read(certFile, keyFile);
  return {
    everyMs,
    initial: () => Promise.resolve(current),
    renew() {
      const next = read(certFile, keyFile);
      if (next.cert === current.cert && next.key === current.key) return Promise.resolve(null);
      createSecureContext(next);
      current = next;
      return Promise.resolve(current);
    },
  };
}

function read(certFile: string, keyFile: string): KeyAndCertificate {
  return { cert: readFileSync(certFile, "utf8"), key: readFileSync(keyFile, "utf8") };
}
