import { readFileSync } from "node:fs";
import { Agent } from "node:https";
import { join } from "node:path";
import type { SecureContextOptions } from "node:tls";
import acme from "acme-client";
import { StartProblem } from "../../config/start-problem.ts";
import { keptSecret, readSecret, replaceSecret } from "../embedded/secret-file.ts";
import { type CertificateSource, isDue } from "./certificate-source.ts";
import { type KeyAndCertificate, openHouseAuthority } from "./house-authority.ts";

export type AcmeOptions = {
  readonly domain: string;
  readonly directory: string;
  readonly contact: string | undefined;
  readonly caFile: string | undefined;
  readonly keysDir: string;
};

const everyMs = 6 * 3_600_000;

/** A certificate for a public name. The challenge is answered on the HTTPS port itself (tls-alpn-01, RFC 8737). */
export async function acmeSource(options: AcmeOptions): Promise<CertificateSource> {
  const bundleFile = join(options.keysDir, "acme", `${options.domain}.pem`);
  const challenges = new Map<string, SecureContextOptions>();
  const kept = readSecret(bundleFile);
  let current = kept === null ? null : split(kept);
  return {
    everyMs,
    challenge: (servername) => challenges.get(servername) ?? null,
    initial: () => (current === null ? stopgap(options) : Promise.resolve(current)),
    async renew(now) {
      if (current !== null && !isDue(current.cert, now)) return null;
      current = await order(options, challenges);
      replaceSecret(bundleFile, `${current.key}\n${current.cert}`);
      return current;
    },
  };
}

/** Until the first certificate is there nobody is let in; the port must already speak TLS for the challenge. */
async function stopgap(options: AcmeOptions): Promise<KeyAndCertificate> {
  const folder = join(options.keysDir, "acme");
  const authority = await openHouseAuthority(folder, folder, { names: [options.domain], addresses: [] });
  return authority.issue({ names: [options.domain], addresses: [] }, new Date());
}

async function order(
  options: AcmeOptions,
  challenges: Map<string, SecureContextOptions>,
): Promise<KeyAndCertificate> {
  const accountFile = join(options.keysDir, "acme", "account.pem");
  const fresh =
    readSecret(accountFile) === null ? (await acme.crypto.createPrivateEcdsaKey()).toString() : "";
  const accountKey = keptSecret(accountFile, () => fresh);
  if (options.caFile !== undefined)
    acme.axios.defaults.httpsAgent = new Agent({ ca: readFileSync(options.caFile) });
  const client = new acme.Client({ directoryUrl: options.directory, accountKey });
  const domainKey = await acme.crypto.createPrivateEcdsaKey();
  const [key, csr] = await acme.crypto.createCsr(
    { commonName: options.domain, altNames: [options.domain] },
    domainKey,
  );
  try {
    const cert = await client.auto({
      csr,
      ...(options.contact === undefined ? {} : { email: options.contact }),
      termsOfServiceAgreed: true,
      challengePriority: ["tls-alpn-01"],
      skipChallengeVerification: true,
      async challengeCreateFn(authorization, _challenge, keyAuthorization) {
        const [answerKey, answer] = await acme.crypto.createAlpnCertificate(authorization, keyAuthorization);
        challenges.set(authorization.identifier.value, { key: answerKey, cert: answer });
      },
      challengeRemoveFn(authorization) {
        challenges.delete(authorization.identifier.value);
        return Promise.resolve();
      },
    });
    return { key: key.toString(), cert };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new StartProblem("certificate_failed", { domain: options.domain, reason }, error);
  }
}

function split(bundle: string): KeyAndCertificate {
  const at = bundle.indexOf("-----BEGIN CERTIFICATE-----");
  return { key: bundle.slice(0, at), cert: bundle.slice(at) };
}
