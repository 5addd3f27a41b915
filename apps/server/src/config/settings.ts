import { z } from "zod";
import {
  choice,
  list,
  optionalNumber,
  optionalText,
  optionalUrl,
  text,
  url,
  wholeNumber,
} from "./setting.ts";

const port = { min: 1, max: 65_535 };
const portOrAny = { min: 0, max: 65_535 };
const hostName = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

const mailAddress =
  /^(?=.{3,254}$)[a-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/i;

/** Every key of the server, once. The file in the data folder uses these names, the environment the names beside them. */
export const settings = {
  dataDir: text("data", {
    env: "SEKISHO_DATA_DIR",
    about: "Folder for everything the server keeps. Relative to the checkout. Also `--data`.",
  }),
  keysDir: optionalText({
    env: "SEKISHO_KEYS_DIR",
    about:
      "Folder for keys (0700). Without it the back-up of the database cannot be read: keep a copy apart.",
    defaultNote: "`keys` in the data folder",
  }),
  lang: choice(["auto", "ja", "en"], "auto", {
    env: "SEKISHO_LANG",
    about: "Language of what the server prints. Also `--lang`. `auto` follows `LANG`.",
  }),
  logLevel: choice(["debug", "info", "warn", "error"], "info", {
    env: "SEKISHO_LOG_LEVEL",
    about: "Least important kind of line that is logged.",
  }),

  host: text("127.0.0.1", {
    env: "SEKISHO_HOST",
    about: "Address to listen on. `0.0.0.0`: also for other machines, over HTTPS. Also `--host`.",
    defaultNote: "`127.0.0.1`; `0.0.0.0` with a domain",
  }),
  port: optionalNumber(portOrAny, {
    env: "SEKISHO_PORT",
    about: "Port to listen on; `0`: any free one. Also `--port`.",
    defaultNote: "`7700`; `443` with a domain",
  }),
  publicUrl: optionalUrl(/^https?$/, {
    env: "SEKISHO_PUBLIC_URL",
    about: "Address people open, when a reverse proxy stands in front.",
    defaultNote: "made from domain, host and port",
  }),
  trustedProxies: list({
    env: "SEKISHO_TRUSTED_PROXIES",
    about: "Addresses or networks (CIDR) of reverse proxies whose `X-Forwarded-For` is believed.",
  }),
  domain: optionalText(
    {
      env: "SEKISHO_DOMAIN",
      format: "host name",
      about:
        "Public name of this server; a certificate for it is fetched and renewed by ACME. Also `--domain`.",
    },
    hostName,
  ),
  acmeDirectory: url("https://acme-v02.api.letsencrypt.org/directory", /^https$/, {
    env: "SEKISHO_ACME_DIRECTORY",
    about: "Directory of the certificate authority.",
  }),
  acmeContact: optionalText({
    env: "SEKISHO_ACME_CONTACT",
    about: "Mail address the certificate authority may write to.",
  }),
  acmeCaFile: optionalText({
    env: "SEKISHO_ACME_CA_FILE",
    about: "Certificate (PEM) that vouches for the directory, when the authority is your own.",
  }),
  tls: choice(["auto", "off"], "auto", {
    env: "SEKISHO_TLS",
    about:
      "`off`: plain HTTP also beyond this machine. Only behind a reverse proxy, and only with an https `publicUrl`.",
  }),
  tlsProfile: choice(["recommended", "high"], "recommended", {
    env: "SEKISHO_TLS_PROFILE",
    about:
      "IPA's profiles: `recommended` (推奨セキュリティ型), TLS 1.2 and 1.3 with forward secrecy and AEAD; `high` (高セキュリティ型), TLS 1.3 alone.",
  }),
  tlsCertFile: optionalText({
    env: "SEKISHO_TLS_CERT_FILE",
    about: "Certificate chain (PEM) of your own, instead of one the server makes or fetches.",
  }),
  tlsKeyFile: optionalText({ env: "SEKISHO_TLS_KEY_FILE", about: "Private key (PEM) of that certificate." }),

  databaseUrl: optionalUrl(/^postgres(ql)?$/, {
    env: "DATABASE_URL",
    about: "PostgreSQL 18 or newer to use instead of the embedded one, as the role without ownership.",
    defaultNote: "the embedded PostgreSQL in the data folder",
    secret: true,
  }),
  databaseAdminUrl: optionalUrl(/^postgres(ql)?$/, {
    env: "SEKISHO_DATABASE_ADMIN_URL",
    about: "The same database as its owner, for migrations, back-up and restore.",
    defaultNote: "`databaseUrl`",
    secret: true,
  }),
  databasePool: wholeNumber(
    { min: 2, max: 200, default: 12 },
    { env: "SEKISHO_DATABASE_POOL", about: "Most connections of this process to the database." },
  ),
  postgresBin: optionalText({
    env: "SEKISHO_POSTGRES_BIN",
    about: "`bin` folder of a PostgreSQL 18 of this machine, for the embedded database.",
    defaultNote: "the one in the installed packages",
  }),

  livekitUrl: optionalUrl(/^(https?|wss?)$/, {
    env: "SEKISHO_LIVEKIT_URL",
    about: "Address of an outside LiveKit. Its signalling must be reachable from this server only.",
    defaultNote: "LiveKit is started by this server",
  }),
  livekitKey: optionalText({ env: "SEKISHO_LIVEKIT_KEY", about: "Key of the outside LiveKit." }),
  livekitSecret: optionalText({
    env: "SEKISHO_LIVEKIT_SECRET",
    about: "Secret of the outside LiveKit, at least 32 characters.",
    secret: true,
  }),
  livekitBin: optionalText({
    env: "SEKISHO_LIVEKIT_BIN",
    about: "A livekit-server 1.13.5 program to start.",
    defaultNote: "built once from `engine/`",
  }),
  livekitUdpPort: optionalNumber(port, {
    env: "SEKISHO_LIVEKIT_UDP_PORT",
    about: "Port for all media, UDP. Open it in the firewall.",
    defaultNote: "`7882`; any free port while only this machine is served",
  }),
  livekitTcpPort: optionalNumber(portOrAny, {
    env: "SEKISHO_LIVEKIT_TCP_PORT",
    about: "Port for media over TCP, where UDP is blocked. `0`: off.",
    defaultNote: "`7881`; off while only this machine is served",
  }),
  livekitNodeIp: optionalText(
    {
      env: "SEKISHO_LIVEKIT_NODE_IP",
      format: "IP address",
      about: "Address browsers send media to. Needed behind address translation.",
      defaultNote: "the domain's address, else this machine's first one",
    },
    /^[0-9a-f.:]{3,45}$/i,
  ),
  stunServers: list({
    env: "SEKISHO_STUN_SERVERS",
    about: "STUN servers (`host:port`) told to browsers. Empty: no server but this one is contacted.",
  }),
  turnHost: optionalText({
    env: "SEKISHO_TURN_HOST",
    about: "Name of a TURN server for networks that block media.",
  }),
  turnPort: wholeNumber(
    { ...port, default: 443 },
    { env: "SEKISHO_TURN_PORT", about: "Port of the TURN server." },
  ),
  turnProtocol: choice(["udp", "tcp", "tls"], "tls", {
    env: "SEKISHO_TURN_PROTOCOL",
    about: "How browsers reach the TURN server.",
  }),
  turnSecret: optionalText({
    env: "SEKISHO_TURN_SECRET",
    about: "Shared secret of the TURN server (`use-auth-secret`), from which short-lived passwords are made.",
    secret: true,
  }),
  smtpHost: optionalText({
    env: "SEKISHO_SMTP_HOST",
    about: "Mail server through which mail goes out.",
    defaultNote: "none: mail stays in the outbox",
  }),
  smtpPort: wholeNumber(
    { ...port, default: 587 },
    { env: "SEKISHO_SMTP_PORT", about: "Port of the mail server." },
  ),
  smtpTls: choice(["starttls", "implicit", "off"], "starttls", {
    env: "SEKISHO_SMTP_TLS",
    about:
      "`starttls`: TLS after the greeting, or no mail. `implicit`: TLS from the first byte (port 465). `off`: only to a mail server on this machine.",
  }),
  smtpUser: optionalText({ env: "SEKISHO_SMTP_USER", about: "Name for signing in at the mail server." }),
  smtpPasswordFile: optionalText({
    env: "SEKISHO_SMTP_PASSWORD_FILE",
    about: "File that holds the password for it, readable by the server alone.",
  }),
  smtpFrom: optionalText(
    {
      env: "SEKISHO_SMTP_FROM",
      format: "mail address",
      about: "Address that mail comes from. The organisation's name is put before it.",
    },
    mailAddress,
  ),
  smtpCaFile: optionalText({
    env: "SEKISHO_SMTP_CA_FILE",
    about: "Certificate (PEM) that vouches for the mail server, when the authority is your own.",
  }),
  smsUrl: optionalUrl(/^https?$/, {
    env: "SEKISHO_SMS_URL",
    about:
      "Address at an SMS provider that takes messages in the way of Twilio's Messages API, HTTPS (`http` on this machine only). The provider learns numbers and texts.",
    defaultNote: "none: no SMS",
  }),
  smsCredentialFile: optionalText({
    env: "SEKISHO_SMS_CREDENTIAL_FILE",
    about: "File with `name:password` for it, readable by the server alone.",
  }),
  smsFrom: optionalText(
    {
      env: "SEKISHO_SMS_FROM",
      format: "number or name",
      about: "Number (`+81…`) or name that SMS come from.",
    },
    /^(?:\+[1-9]\d{7,14}|[A-Za-z0-9 ]{1,11})$/,
  ),
  regionLabel: optionalText({
    env: "SEKISHO_REGION_LABEL",
    about: "Where this server stands, as people are told (for example `東京`).",
    defaultNote: "nothing is claimed",
  }),
  regionCountry: optionalText(
    {
      env: "SEKISHO_REGION_COUNTRY",
      format: "two capital letters",
      about: "Country this server stands in, two letters (ISO 3166-1).",
      defaultNote: "nothing is claimed",
    },
    /^[A-Z]{2}$/,
  ),

  meetingCapacity: wholeNumber(
    { min: 2, max: 10_000, default: 300 },
    { env: "SEKISHO_MEETING_CAPACITY", about: "Most people in one meeting at a time." },
  ),
  waitingCapacity: wholeNumber(
    { min: 10, max: 100_000, default: 2_000 },
    {
      env: "SEKISHO_WAITING_CAPACITY",
      about: "Most people without an account who wait for one meeting at a time.",
    },
  ),
  dropGraceSeconds: wholeNumber(
    { min: 0, max: 3_600, default: 120 },
    {
      env: "SEKISHO_DROP_GRACE_SECONDS",
      about: "Within this time a person whose connection broke returns without waiting (ADM-7).",
    },
  ),
  hostAwayMinutes: wholeNumber(
    { min: 1, max: 120, default: 5 },
    {
      env: "SEKISHO_HOST_AWAY_MINUTES",
      about: "After hosts have been gone for this long everybody waits again (ADM-9).",
    },
  ),
  emptyAfterEndMinutes: wholeNumber(
    { min: 0, max: 1_440, default: 60 },
    {
      env: "SEKISHO_EMPTY_AFTER_END_MINUTES",
      about: "An empty meeting ends this long after its planned end (MTG-3).",
    },
  ),
  minClientBuild: wholeNumber(
    { min: 0, max: 999_999_999, default: 0 },
    {
      env: "SEKISHO_MIN_CLIENT_BUILD",
      about: "Oldest build of the page that may join; `0`: every build (OPS-1).",
    },
  ),

  sessionIdleMinutes: wholeNumber(
    { min: 5, max: 43_200, default: 720 },
    {
      env: "SEKISHO_SESSION_IDLE_MINUTES",
      about: "A session ends after this time without a request (IDN-5).",
    },
  ),
  sessionAbsoluteHours: wholeNumber(
    { min: 1, max: 8_760, default: 168 },
    {
      env: "SEKISHO_SESSION_ABSOLUTE_HOURS",
      about: "A session ends this long after signing in, in any case (IDN-5).",
    },
  ),
  rateSignIn: wholeNumber(
    { min: 1, max: 100_000, default: 20 },
    {
      env: "SEKISHO_RATE_SIGN_IN",
      about: "Tries to sign in or set up, from one address in 15 minutes (IDN-6).",
    },
  ),
  rateEntry: wholeNumber(
    { min: 1, max: 100_000, default: 600 },
    {
      env: "SEKISHO_RATE_ENTRY",
      about:
        "Requests to join from one address in 5 minutes; wrong passcodes have limits of their own (ADM-6).",
    },
  ),
  rateRead: wholeNumber(
    { min: 10, max: 1_000_000, default: 600 },
    { env: "SEKISHO_RATE_READ", about: "Reads by one person in a minute." },
  ),
  rateWrite: wholeNumber(
    { min: 1, max: 1_000_000, default: 120 },
    { env: "SEKISHO_RATE_WRITE", about: "Changes by one person in a minute." },
  ),
  rateCommand: wholeNumber(
    { min: 1, max: 1_000_000, default: 300 },
    { env: "SEKISHO_RATE_COMMAND", about: "Commands in a meeting by one person in a minute." },
  ),
  rateChat: wholeNumber(
    { min: 1, max: 1_000_000, default: 60 },
    { env: "SEKISHO_RATE_CHAT", about: "Chat messages by one person in a minute." },
  ),
} satisfies Record<string, z.ZodType>;

export const settingsSchema = z.strictObject(settings);
export type Settings = z.output<typeof settingsSchema>;
