/**
 * The two TLS profiles of IPA's and CRYPTREC's guideline (TLS暗号設定ガイドライン, CRYPTREC GL-3001) that seed 002 chapter
 * 3.2 names: 推奨セキュリティ型 and 高セキュリティ型 (ENC-6). Ours is a subset of what the guideline lists: no CBC, no CCM,
 * no DHE, and at the high profile no TLS 1.2.
 */
import type { SecureContextOptions } from "node:tls";

export const tlsProfileNames = ["recommended", "high"] as const;
export type TlsProfileName = (typeof tlsProfileNames)[number];

type TlsProfile = Pick<
  SecureContextOptions,
  "minVersion" | "maxVersion" | "ciphers" | "honorCipherOrder" | "ecdhCurve"
>;

/** The hybrid with ML-KEM first: whoever does not know it takes the next. */
const curves = "X25519MLKEM768:X25519:P-256:P-384";

const suites13 = {
  recommended: ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"],
  high: ["TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_128_GCM_SHA256"],
};

const suites12 = [
  "ECDHE-ECDSA-AES128-GCM-SHA256",
  "ECDHE-RSA-AES128-GCM-SHA256",
  "ECDHE-ECDSA-AES256-GCM-SHA384",
  "ECDHE-RSA-AES256-GCM-SHA384",
  "ECDHE-ECDSA-CHACHA20-POLY1305",
  "ECDHE-RSA-CHACHA20-POLY1305",
];

export const tlsProfiles: Readonly<Record<TlsProfileName, TlsProfile>> = {
  recommended: {
    minVersion: "TLSv1.2",
    maxVersion: "TLSv1.3",
    honorCipherOrder: true,
    ciphers: [...suites13.recommended, ...suites12].join(":"),
    ecdhCurve: curves,
  },
  high: {
    minVersion: "TLSv1.3",
    maxVersion: "TLSv1.3",
    honorCipherOrder: true,
    ciphers: suites13.high.join(":"),
    ecdhCurve: curves,
  },
};
