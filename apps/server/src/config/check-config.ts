import { build } from "@sekisho/contract";
import type { ConfigProblem } from "./config-problem.ts";
import { isLoopback, type Config } from "./config.ts";
import { databasePasswordProblem, isWeakSecret } from "./secrets.ts";

/** What two keys together make impossible. */
export function contradictions(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  if (
    config.livekitUrl !== undefined &&
    (config.livekitKey === undefined || config.livekitSecret === undefined)
  ) {
    problems.push({ code: "livekitKeys" });
  }
  if ((config.tlsCertFile === undefined) !== (config.tlsKeyFile === undefined)) {
    problems.push({ code: "certificatePair" });
  }
  if (config.turnHost !== undefined && config.turnSecret === undefined) {
    problems.push({ code: "turnSecret" });
  }
  if (config.exposure === "proxy" && !config.publicOrigin.startsWith("https://")) {
    problems.push({ code: "proxyUrl" });
  }
  if (config.exposure === "proxy" && config.trustedProxies.length === 0) {
    problems.push({ code: "proxyAddress" });
  }
  problems.push(...mailProblems(config), ...smsProblems(config));
  if (config.sessionIdleMinutes > config.sessionAbsoluteHours * 60) {
    problems.push({ code: "sessionOrder" });
  }
  // Nobody could come in any more, the administrator included.
  if (config.minClientBuild > build) problems.push({ code: "buildOrder", details: { build: String(build) } });
  return problems;
}

/** INV-3: mail leaves this machine over TLS or not at all. */
function mailProblems(config: Config): ConfigProblem[] {
  const problems: ConfigProblem[] = [];
  const { smtpHost, smtpFrom, smtpTls, smtpUser, smtpPasswordFile } = config;
  if ((smtpHost === undefined) !== (smtpFrom === undefined)) problems.push({ code: "smtpFrom" });
  if ((smtpUser === undefined) !== (smtpPasswordFile === undefined)) problems.push({ code: "smtpUser" });
  if (smtpHost !== undefined && smtpTls === "off" && !isLoopback(smtpHost))
    problems.push({ code: "smtpTls" });
  return problems;
}

/** A passcode leaves this machine over TLS or not at all. */
function smsProblems({ smsUrl, smsCredentialFile, smsFrom }: Config): ConfigProblem[] {
  const given = [smsUrl, smsCredentialFile, smsFrom].filter((one) => one !== undefined).length;
  if (given > 0 && given < 3) return [{ code: "smsTogether" }];
  if (smsUrl === undefined) return [];
  const { protocol, hostname } = new URL(smsUrl);
  return protocol === "https:" || isLoopback(hostname) ? [] : [{ code: "smsTls" }];
}

/** IDN-1: on an address others can reach, no secret may be missing or taken from an example. */
export function unsafeSecrets(config: Config): string[] {
  if (config.exposure === "loopback") return [];
  const problems: string[] = [];
  const weak = (name: string, value: string | undefined, minLength: number) => {
    if (isWeakSecret(value, minLength)) problems.push(name);
  };
  if (config.livekitUrl !== undefined) {
    weak("SEKISHO_LIVEKIT_SECRET", config.livekitSecret, 32);
    weak("SEKISHO_LIVEKIT_KEY", config.livekitKey, 6);
  }
  if (config.turnHost !== undefined) weak("SEKISHO_TURN_SECRET", config.turnSecret, 16);
  for (const [name, address] of [
    ["DATABASE_URL", config.databaseUrl],
    ["SEKISHO_DATABASE_ADMIN_URL", config.databaseAdminUrl],
  ] as const) {
    if (address !== undefined && databasePasswordProblem(address)) problems.push(name);
  }
  return problems;
}
