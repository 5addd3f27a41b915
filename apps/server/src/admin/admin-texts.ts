/** What the administrators' command line says. */
import type { Language } from "../config/start-problem.ts";

const help = {
  en: `npm run admin -- <command> [--data <folder>] [--port <number>] [--host <address>] [--domain <name>] [--lang ja|en]

  owner create --email <address> --name <name> [--organisation <name>]
      An owner without the web. Asks for the password, or reads it from the first line of the input.
  account reset-factors <address>
      Takes an account's passkeys, app and recovery codes away and ends its sessions; its password stays. Recorded.
  account recovery-link <address>
      Prints a link for setting a new password: good once, for 24 hours; a second factor is asked for all the same. Recorded.
  service create --name <name> --scope <scope> [--scope <scope>]
      A machine's credential; its token is printed once. Scopes: {scopes}
  service list
  service revoke <id>
  outbox list
      The newest messages: time, state, kind, address, tries, problem. Never what a message says.
  audit verify
      Checks every chain of the log and says where one does not hold.
  audit replay
      Makes every decision about information barriers again from the log, and says where one differs.
  audit export --format jsonl|csv [--personal]
      Prints the log. With --personal also names and addresses, as far as their keys still exist; that is recorded.
  audit verify-export <file> [<seq>:<hash>]
      Checks an export in JSON Lines, without a database: chains, heads, and names as far as they were exported; and that
      it holds a head that was noted earlier. Also by itself: node apps/server/src/admin/verify-export.ts
  backup <file>
      One consistent copy of the database, and <file>.keys with the wrapped keys of the meetings.
  restore <file>
      Into an empty database; checks every chain afterwards.
  barriers accept-version
      After a back-up was restored: the barriers in the database are the right ones, although newer ones were used here.
      On each machine that refuses them. Until then nobody new comes into a meeting.
  health
      Whether the database and the running server answer.
  help`,
  ja: `npm run admin -- <コマンド> [--data <フォルダ>] [--port <番号>] [--host <アドレス>] [--domain <名前>] [--lang ja|en]

  owner create --email <アドレス> --name <氏名> [--organisation <組織名>]
      画面を使わずに所有者を作ります。パスワードは、たずねるか、入力の 1 行目から読みます。
  account reset-factors <アドレス>
      アカウントのパスキー、認証アプリ、復旧コードを取り消し、サインアウトさせます。パスワードは残ります。記録されます。
  account recovery-link <アドレス>
      新しいパスワードを設定するリンクを表示します。24 時間、一度だけ使えます。二要素認証は、そのまま必要です。記録されます。
  service create --name <名前> --scope <範囲> [--scope <範囲>]
      機械のための資格情報を作ります。トークンは一度だけ表示します。範囲：{scopes}
  service list
  service revoke <ID>
  outbox list
      新しいメールの一覧：時刻、状態、種類、宛先、試した回数、問題。本文は表示しません。
  audit verify
      監査ログのすべての連鎖を検証し、合わない所を示します。
  audit replay
      情報バリアのすべての判定を記録から再現し、異なるものを示します。
  audit export --format jsonl|csv [--personal]
      監査ログを書き出します。--personal を付けると、鍵が残っている氏名とアドレスも書き出し、そのことを記録します。
  audit verify-export <ファイル> [<番号>:<ハッシュ>]
      JSON Lines の書き出しを、データベースなしで検証します。連鎖、先頭、書き出した氏名と、控えておいた先頭を確かめます。
      単独でも使えます。node apps/server/src/admin/verify-export.ts
  backup <ファイル>
      データベースの、ある一時点の写しを作ります。会議の鍵（包んだもの）は <ファイル>.keys に分けます。
  restore <ファイル>
      空のデータベースに戻し、すべての連鎖を検証します。
  barriers accept-version
      バックアップを戻した後に、データベースの情報バリアが正しいものと認めます（ここでは、より新しい版を使っていました）。
      拒んでいるマシンごとに実行します。それまでは、だれも新しく会議に入れません。
  health
      データベースと、動いているサーバーが答えるかを確かめます。
  help`,
} as const;

export const adminTexts = {
  help,
  unknownCommand: {
    en: "There is no such command. See: npm run admin -- help",
    ja: "そのコマンドはありません。npm run admin -- help をご覧ください。",
  },
  missing: { en: "{name} is missing.", ja: "{name} がありません。" },
  wrongValue: { en: "{name} is not valid.", ja: "{name} が正しくありません。" },
  passwordPrompt: { en: "Password: ", ja: "パスワード：" },
  password_too_short: {
    en: "The password needs at least 12 characters.",
    ja: "パスワードは 12 文字以上にしてください。",
  },
  password_too_long: { en: "The password is too long.", ja: "パスワードが長すぎます。" },
  password_breached: {
    en: "This password is on the list of known passwords. Choose another one.",
    ja: "このパスワードは、知られているパスワードの一覧にあります。別のものにしてください。",
  },
  emailTaken: {
    en: "There is an account with this address already.",
    ja: "このアドレスのアカウントは、すでにあります。",
  },
  ownerMade: { en: "{email} is an owner now.", ja: "{email} を所有者にしました。" },
  noSuchAccount: {
    en: "There is no account with this address.",
    ja: "このアドレスのアカウントはありません。",
  },
  factorsReset: {
    en: "The second factors of {email} are gone, and its sessions have ended. It signs in by password now.",
    ja: "{email} の二要素認証の設定を取り消し、サインアウトさせました。次は、パスワードでサインインします。",
  },
  recoveryLinkOnce: {
    en: "Give this link to its person by a way that you trust; it is good once, for 24 hours: {url}",
    ja: "このリンクを、信頼できる方法で本人に渡してください。24 時間、一度だけ使えます。{url}",
  },
  tokenOnce: {
    en: "The token is shown only this once. Send it as: Authorization: Bearer {token}",
    ja: "トークンは今だけ表示します。次の形で送ってください。Authorization: Bearer {token}",
  },
  apiClientOnce: {
    en: `The secret is shown only this once.
  Token address:  {origin}/oauth/token
  Base address:   {origin}/v2
  Account id:     {accountId}
  Client id:      {clientId}
  Client secret:  {clientSecret}`,
    ja: `シークレットは今だけ表示します。
  トークンの取得先：{origin}/oauth/token
  API の基準 URL：{origin}/v2
  アカウント ID：{accountId}
  クライアント ID：{clientId}
  クライアントシークレット：{clientSecret}`,
  },
  noSuchService: {
    en: "There is no such credential, or it is revoked already.",
    ja: "その資格情報はないか、すでに取り消されています。",
  },
  revoked: { en: "Revoked.", ja: "取り消しました。" },
  verified: {
    en: "{records} records in {chains} chains hold together.",
    ja: "{chains} 本の連鎖、{records} 件の記録を検証しました。すべて合っています。",
  },
  replayed: {
    ja: "情報バリアの判定を、記録から再現しました：判定 {decisions} 件、会議 {instances} 件、ポリシーの版 {versions}。記録と同じ結果です。",
    en: "Decisions about barriers made again from the log: {decisions} decisions, {instances} meetings, {versions} versions of the policies. All as recorded.",
  },
  replayDiffers: {
    ja: "{count} 件の判定が、記録と一致しません。",
    en: "{count} decisions are not as recorded.",
  },
  broken: {
    en: "{count} places do not hold together:",
    ja: "合わない所が {count} か所あります。",
  },
  head: {
    en: "Newest record of the organisation's chain: {seq} {hash}. Noted elsewhere, it shows later that nothing before it was changed.",
    ja: "組織の連鎖の最新の記録：{seq} {hash}。別の所に控えておくと、それより前が変わっていないことを後で示せます。",
  },
  exportVerified: {
    en: "{records} records in {chains} chains hold together; {opened} personal parts are those of the chain.",
    ja: "{chains} 本の連鎖、{records} 件の記録を検証しました。すべて合っています。氏名やアドレス {opened} 件も、連鎖のとおりです。",
  },
  exportIsPart: {
    en: "This export is a part (filters, or people the reader must not know of): it shows nothing of what is left out, and {unjudged} records after a hole could not be judged.",
    ja: "この書き出しは、一部です（絞り込み、または閲覧者に見せない人の記録を除いたもの）。除いた記録については何も示さず、抜けた所の直後の {unjudged} 件は検証できません。",
  },
  lineOf: { en: "line {line}", ja: "{line} 行目" },
  backupMade: {
    en: `The back-up is in {file}, the wrapped keys of the meetings are in {file}.keys. Keep the two apart.
Neither opens anything without {masterKey}: keep a copy of that file in a third place.
Sessions, tickets and counters of limits are not in it: after a restore everybody signs in again.`,
    ja: `バックアップは {file} に、会議の鍵（包んだもの）は {file}.keys にあります。この 2 つは別々に保管してください。
どちらも {masterKey} がないと開けません。そのファイルの写しを、さらに別の場所に保管してください。
セッション、チケット、回数制限の記録は含みません。戻した後は、全員がサインインし直します。`,
  },
  fileExists: {
    en: "{file} is there already. Choose another name.",
    ja: "{file} はすでにあります。別の名前にしてください。",
  },
  notABackup: {
    en: "{file} is not a back-up of this version of Sekisho.",
    ja: "{file} は、この版の Sekisho のバックアップではありません。",
  },
  otherVersion: {
    en: "{file} was made by another version of Sekisho (its tables: {theirs}; here: {ours}): restore it with that version, then start this one on the same data.",
    ja: "{file} は、別の版の Sekisho で作られたものです(その表:{theirs}、この版:{ours})。その版で戻してから、同じデータでこの版を起動してください。",
  },
  failed: { en: "It did not work: {reason}", ja: "できませんでした：{reason}" },
  notEmpty: {
    en: "The database is not empty. A back-up is only restored into an empty one.",
    ja: "データベースが空ではありません。バックアップは、空のデータベースにだけ戻せます。",
  },
  noKeysFile: {
    en: "{file} is not there: names in the meetings' logs stay sealed for good.",
    ja: "{file} がありません。会議の記録にある氏名は、開けないままになります。",
  },
  barriersKnown: {
    en: "Nothing to accept: version {version} of the barriers is the one used here, or a newer one.",
    ja: "認めるものはありません。情報バリアの版 {version} は、ここで使っていた版か、それより新しい版です。",
  },
  barriersAccepted: {
    en: "Accepted. The barriers of version {offered} are in force as version {version} (version {seen} was used here before).",
    ja: "認めました。情報バリアの版 {offered} の内容が、版 {version} として有効になりました（ここでは版 {seen} まで使っていました）。",
  },
  barriersRefused: {
    en: "This machine has used version {seen} of the barriers; the database has version {offered}. Nobody new comes into a meeting until you say that they are the right ones: npm run admin barriers accept-version",
    ja: "このマシンでは情報バリアの版 {seen} を使っていましたが、データベースにあるのは版 {offered} です。正しいものと認めるまで、だれも新しく会議に入れません。npm run admin barriers accept-version",
  },
  restored: { en: "{rows} rows are restored.", ja: "{rows} 行を戻しました。" },
  wrongMasterKey: {
    en: "The master key is not the one of the back-up: put its master.key into {keysDir}.",
    ja: "マスターキーがバックアップのものと違います。元の master.key を {keysDir} に置いてください。",
  },
  healthDatabase: { en: "Database: {answer}", ja: "データベース：{answer}" },
  healthServer: { en: "Server: {answer}", ja: "サーバー：{answer}" },
  good: { en: "good", ja: "正常" },
  silent: { en: "no answer", ja: "応答なし" },
} as const satisfies Record<string, Readonly<Record<Language, string>>>;

export type AdminText = keyof typeof adminTexts;
