/** What can keep a server from starting. Each sentence says what is wrong and what to do about it. */
export const problemTexts = {
  data_in_use: {
    en: "The data folder {path} is in use by another Sekisho server: stop that one, or choose another folder with --data.",
    ja: "データフォルダ {path} は、別の Sekisho サーバーが使用中です。そのサーバーを停止するか、--data で別のフォルダを指定してください。",
  },
  data_not_writable: {
    en: "The data folder {path} cannot be written: correct its owner and permissions, or choose another folder with --data.",
    ja: "データフォルダ {path} に書き込めません。所有者と権限を直すか、--data で別のフォルダを指定してください。",
  },
  data_foreign: {
    en: "The folder {path} holds files that are not Sekisho's: choose an empty or a new folder with --data.",
    ja: "フォルダ {path} には Sekisho のものではないファイルがあります。--data で、空のフォルダか新しいフォルダを指定してください。",
  },
  data_damaged: {
    en: "The data at {path} is damaged ({reason}): restore a back-up into an empty folder and start with that one.",
    ja: "{path} のデータが壊れています({reason})。空のフォルダにバックアップを復元し、そのフォルダで起動してください。",
  },
  secret_damaged: {
    en: "The file {path} is damaged: put the copy you keep of it in its place.",
    ja: "ファイル {path} が壊れています。保管してある写しと置き換えてください。",
  },
  master_key_missing: {
    en: "{path} is missing, and without it nothing in this database can be opened: put the copy you keep of it in its place.",
    ja: "{path} がありません。これがないと、このデータベースの内容を開けません。保管してある写しを同じ場所に置いてください。",
  },
  mail_settings: {
    en: "The file {path}, which the mail settings name, cannot be read: correct the setting, or the file's owner and permissions.",
    ja: "メールの設定にあるファイル {path} を読めません。設定か、ファイルの所有者と権限を直してください。",
  },
  sms_settings: {
    en: "The file {path}, which the SMS settings name, cannot be read: correct the setting, or the file's owner and permissions.",
    ja: "SMS の設定にあるファイル {path} を読めません。設定か、ファイルの所有者と権限を直してください。",
  },
  disk_full: {
    en: "There is not enough free space at {path}: free at least {needed} MB and start again.",
    ja: "{path} の空き容量が足りません。{needed} MB 以上を空けてから、もう一度起動してください。",
  },
  port_taken: {
    en: "Port {port} on {host} is already taken: stop the program that uses it, or choose another port with --port.",
    ja: "{host} のポート {port} は、ほかのプログラムが使用中です。そのプログラムを停止するか、--port で別のポートを指定してください。",
  },
  port_forbidden: {
    en: "This account may not open port {port}: choose a port above 1023 with --port, or give Node the right to open low ports (CAP_NET_BIND_SERVICE).",
    ja: "このアカウントではポート {port} を開けません。--port で 1024 以上のポートを指定するか、Node に低い番号のポートを開く権限(CAP_NET_BIND_SERVICE)を与えてください。",
  },
  host_unknown: {
    en: "This machine has no address {host}: give one of its own addresses with --host, or 0.0.0.0 for all of them.",
    ja: "このコンピューターに {host} というアドレスはありません。--host で実在するアドレスか、すべてを表す 0.0.0.0 を指定してください。",
  },
  postgres_missing: {
    en: "There is no PostgreSQL for {platform} in the installed packages: delete node_modules and start again, set SEKISHO_POSTGRES_BIN to the folder with PostgreSQL {version}, or set DATABASE_URL.",
    ja: "インストール済みのパッケージに {platform} 用の PostgreSQL がありません。node_modules を削除して起動し直すか、SEKISHO_POSTGRES_BIN に PostgreSQL {version} のフォルダを、または DATABASE_URL を設定してください。",
  },
  postgres_version: {
    en: "The data in {path} belongs to PostgreSQL {found}, but this server brings {expected}: set SEKISHO_POSTGRES_BIN to the bin folder of PostgreSQL {found}, or restore a back-up into an empty data folder.",
    ja: "{path} のデータは PostgreSQL {found} のものですが、このサーバーには {expected} が付属しています。SEKISHO_POSTGRES_BIN に PostgreSQL {found} の bin フォルダを設定するか、空のデータフォルダにバックアップを復元してください。",
  },
  postgres_no_user: {
    en: "PostgreSQL refuses to run as root and no other account of this machine can reach {path}: start Sekisho as an ordinary user, choose a folder such an account can reach with --data, or set DATABASE_URL.",
    ja: "PostgreSQL は root では動かず、{path} を開けるほかのアカウントもありません。一般ユーザーで Sekisho を起動するか、--data で開けるフォルダを指定するか、DATABASE_URL を設定してください。",
  },
  postgres_failed: {
    en: "PostgreSQL did not start: {reason} Look into {log}.",
    ja: "PostgreSQL が起動しませんでした。原因: {reason} 詳しくは {log} を見てください。",
  },
  database_unreachable: {
    en: "The database in DATABASE_URL does not answer ({reason}): check its address, name and password, and that it is running.",
    ja: "DATABASE_URL のデータベースが応答しません({reason})。アドレス・名前・パスワードと、起動していることを確認してください。",
  },
  migration_failed: {
    en: "The database could not be brought into the form of this version ({reason}): use the version of Sekisho it was last started with, or restore a back-up into an empty folder.",
    ja: "データベースをこの版の形にできませんでした({reason})。最後に起動したときの版の Sekisho を使うか、空のフォルダにバックアップを復元してください。",
  },
  database_version: {
    en: "The database in DATABASE_URL is PostgreSQL {found}; Sekisho needs {expected} or newer.",
    ja: "DATABASE_URL のデータベースは PostgreSQL {found} です。Sekisho には {expected} 以降が必要です。",
  },
  engine_tool_missing: {
    en: "The media engine has to be built once and neither Go {version} nor Python with pip is here: install one of them, or set SEKISHO_LIVEKIT_BIN to a livekit-server binary, or SEKISHO_LIVEKIT_URL to a running one.",
    ja: "メディアエンジンを一度ビルドする必要がありますが、Go {version} も pip 付きの Python もありません。どちらかを入れるか、SEKISHO_LIVEKIT_BIN に livekit-server の実行ファイル、または SEKISHO_LIVEKIT_URL に稼働中のものを設定してください。",
  },
  engine_build_failed: {
    en: "The media engine could not be built: {reason} Check the network and free space, and start again; the build goes on where it stopped.",
    ja: "メディアエンジンをビルドできませんでした。原因: {reason} ネットワークと空き容量を確認して、もう一度起動してください。続きから再開します。",
  },
  engine_not_executable: {
    en: "SEKISHO_LIVEKIT_BIN names {path}, which is not a livekit-server program that can be run here: correct the path.",
    ja: "SEKISHO_LIVEKIT_BIN の {path} は、ここで実行できる livekit-server ではありません。パスを直してください。",
  },
  engine_failed: {
    en: "The media engine did not start: {reason}",
    ja: "メディアエンジンが起動しませんでした。原因: {reason}",
  },
  engine_udp_taken: {
    en: "The media port {port}/udp is already taken: stop the program that uses it, or set another one with SEKISHO_LIVEKIT_UDP_PORT.",
    ja: "メディア用のポート {port}/udp は、ほかのプログラムが使用中です。そのプログラムを停止するか、SEKISHO_LIVEKIT_UDP_PORT で別のポートを設定してください。",
  },
  page_build_failed: {
    en: "The pages could not be built: {reason}",
    ja: "画面のファイルを作成できませんでした。原因: {reason}",
  },
  config_invalid: {
    en: "The configuration is not usable:\n{en}",
    ja: "設定に誤りがあります。\n{ja}",
  },
  certificate_failed: {
    en: "No certificate for {domain} could be had: {reason} The name must lead to this machine and port 443 must be reachable from outside.",
    ja: "{domain} の証明書を取得できませんでした。原因: {reason} このドメイン名がこのコンピューターを指し、外部からポート 443 に接続できる必要があります。",
  },
  unsafe_secrets: {
    en: "Refusing to open {host} to others: {list}. Set real values, or listen on 127.0.0.1 only.",
    ja: "{host} を外部に公開できません。{list}。正しい値を設定するか、127.0.0.1 だけで待ち受けてください。",
  },
} as const satisfies Record<string, { en: string; ja: string }>;
