import { fill, StartProblem } from "./start-problem.ts";

/** What can be wrong with one key, or with two together. */
const texts = {
  unknown: { en: "{name} is not a setting.", ja: "{name} という設定はありません。" },
  unknownNear: {
    en: "{name} is not a setting; did you mean {near}?",
    ja: "{name} という設定はありません。{near} のことですか。",
  },
  needsValue: { en: "{name} needs a value.", ja: "{name} には値が必要です。" },
  notAFlag: {
    en: "{name} is not understood; see --help.",
    ja: "{name} は使えません。--help を見てください。",
  },
  notJson: { en: "{name} cannot be read as JSON.", ja: "{name} を JSON として読めません。" },
  notObject: {
    en: "{name} must hold one JSON object.",
    ja: "{name} は1つの JSON オブジェクトにしてください。",
  },
  wrongValue: { en: "{name}: expected {type}.", ja: "{name} の値が正しくありません。正しい形式: {type}" },
  livekitKeys: {
    en: "livekitUrl needs livekitKey and livekitSecret (SEKISHO_LIVEKIT_KEY, SEKISHO_LIVEKIT_SECRET).",
    ja: "livekitUrl を設定するときは livekitKey と livekitSecret(SEKISHO_LIVEKIT_KEY、SEKISHO_LIVEKIT_SECRET)も必要です。",
  },
  certificatePair: {
    en: "tlsCertFile and tlsKeyFile belong together: give both or neither.",
    ja: "tlsCertFile と tlsKeyFile は、両方を設定するか、どちらも設定しないでください。",
  },
  turnSecret: {
    en: "turnHost needs turnSecret (SEKISHO_TURN_SECRET).",
    ja: "turnHost を設定するときは turnSecret(SEKISHO_TURN_SECRET)も必要です。",
  },
  proxyUrl: {
    en: "Behind a reverse proxy publicUrl (SEKISHO_PUBLIC_URL) must be the https address people open.",
    ja: "リバースプロキシの後ろでは、publicUrl(SEKISHO_PUBLIC_URL)に利用者が開く https のアドレスを設定してください。",
  },
  proxyAddress: {
    en: "Behind a reverse proxy trustedProxies (SEKISHO_TRUSTED_PROXIES) must name its address.",
    ja: "リバースプロキシの後ろでは、trustedProxies(SEKISHO_TRUSTED_PROXIES)にそのアドレスを設定してください。",
  },
  smtpFrom: {
    en: "smtpHost and smtpFrom belong together: give both or neither.",
    ja: "smtpHost と smtpFrom は、両方を設定するか、どちらも設定しないでください。",
  },
  smtpUser: {
    en: "smtpUser and smtpPasswordFile belong together: give both or neither.",
    ja: "smtpUser と smtpPasswordFile は、両方を設定するか、どちらも設定しないでください。",
  },
  smtpTls: {
    en: "smtpTls can be off only for a mail server on this machine.",
    ja: "smtpTls を off にできるのは、このコンピューター上のメールサーバーだけです。",
  },
  smsTogether: {
    en: "smsUrl, smsCredentialFile and smsFrom belong together: give all or none.",
    ja: "smsUrl、smsCredentialFile、smsFrom は、すべて設定するか、どれも設定しないでください。",
  },
  smsTls: {
    en: "smsUrl must be an https address, unless the provider is on this machine.",
    ja: "smsUrl は https のアドレスにしてください。http は、このコンピューター上の提供元だけです。",
  },
  sessionOrder: {
    en: "sessionIdleMinutes must not be longer than sessionAbsoluteHours.",
    ja: "sessionIdleMinutes は sessionAbsoluteHours より長くできません。",
  },
  buildOrder: {
    en: "minClientBuild must not be higher than the build of this server's own page ({build}).",
    ja: "minClientBuild は、このサーバーの画面の版({build})より大きくできません。",
  },
} as const satisfies Record<string, { en: string; ja: string }>;

export type ConfigProblem = {
  readonly code: keyof typeof texts;
  readonly details?: Readonly<Record<string, string>>;
};

/** All of them in one refusal, a line each. */
export function invalidConfig(problems: readonly ConfigProblem[]): StartProblem {
  const lines = (language: "en" | "ja") =>
    problems.map(({ code, details }) => `  - ${fill(texts[code][language], details ?? {})}`).join("\n");
  return new StartProblem("config_invalid", { en: lines("en"), ja: lines("ja") });
}
