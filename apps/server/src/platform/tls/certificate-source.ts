import { X509Certificate } from "node:crypto";
import type { SecureContextOptions } from "node:tls";
import type { KeyAndCertificate } from "./house-authority.ts";

/** Where a listener's certificate comes from, and what is told of it. */
export type CertificateSource = {
  /** At once: what the listener starts with. */
  initial(): Promise<KeyAndCertificate>;
  /** After the listener answers; resolves with a better one, or `null` when the present one is good. */
  renew(now: Date): Promise<KeyAndCertificate | null>;
  /** How often `renew` is asked. */
  readonly everyMs: number;
  /** Challenge certificate for `acme-tls/1`, when one is asked for (RFC 8737). */
  readonly challenge?: (servername: string) => SecureContextOptions | null;
  readonly caFile?: string;
};

/** Whether less than a third of the certificate's time is left. */
export function isDue(cert: string, now: Date): boolean {
  const { validFromDate, validToDate } = new X509Certificate(cert);
  const left = validToDate.getTime() - now.getTime();
  return left < (validToDate.getTime() - validFromDate.getTime()) / 3;
}
