/** What a start tells, step by step. */
export const startTexts = {
  database: { en: "Starting PostgreSQL", ja: "PostgreSQL を起動" },
  databaseOutside: {
    en: "Connecting to the database in DATABASE_URL",
    ja: "DATABASE_URL のデータベースに接続",
  },
  engine: { en: "Starting the media engine (LiveKit)", ja: "メディアエンジン(LiveKit)を起動" },
  engineOutside: { en: "Using the LiveKit from the settings", ja: "設定された LiveKit を使用" },
  engineBuild: { en: "Preparing the media engine", ja: "メディアエンジンを準備" },
  engineBuildBegin: {
    en: "The media engine is built once on this machine. This takes 2 to 5 minutes; later starts take seconds.",
    ja: "メディアエンジンをこのコンピューターで一度だけビルドします。2〜5分かかります。次回からは数秒で起動します。",
  },
  engineBuildFetch: {
    en: "Go is not installed here; a pinned copy (70 MB) is fetched for the build.",
    ja: "Go がないため、ビルド用に決められた版(70 MB)を取得します。",
  },
  engineBuildWait: {
    en: "Another start is building the media engine; waiting for it.",
    ja: "別の起動処理がメディアエンジンをビルドしています。完了を待っています。",
  },
  engineBuildMove: {
    en: "{packages} packages compiled, {modules} fetched, {seconds} s",
    ja: "コンパイル済み {packages} 個、取得 {modules} 個、{seconds} 秒",
  },
  page: { en: "Building the pages", ja: "画面のファイルを作成" },
  address: { en: "Opening {address}", ja: "{address} を開く" },
  app: { en: "Starting the server", ja: "サーバーを起動" },
  seconds: { en: "{seconds} s", ja: "{seconds} 秒" },
  running: { en: "Sekisho is running.", ja: "Sekisho が起動しました。" },
  addressLabel: { en: "Address", ja: "アドレス" },
  setUpLabel: { en: "Set up (once)", ja: "初期設定(一度だけ)" },
  setUpAbout: {
    en: "Open this link first: it makes you the owner, and works once.",
    ja: "最初にこのリンクを開いてください。あなたが所有者になります。リンクは一度だけ使えます。",
  },
  dataLabel: { en: "Data", ja: "データ" },
  authorityLabel: { en: "Certificate", ja: "証明書" },
  authorityAbout: {
    en: "Other devices in the house trust this server once ca.pem is installed on them as a trusted authority (it is valid for this house only). Without it their browser warns.",
    ja: "家庭内・社内のほかの端末では、ca.pem を「信頼された認証局」としてインストールすると、警告なしで開けます(この証明書はこのネットワークの中だけで有効です)。",
  },
  stopLabel: { en: "Stop", ja: "停止" },
  stopAbout: { en: "Ctrl-C", ja: "Ctrl-C" },
  stopping: { en: "Stopping …", ja: "停止しています…" },
  stopped: { en: "Stopped. Nothing is left running.", ja: "停止しました。動いているものはありません。" },
  engineBack: {
    en: "The media engine had ended and is back.",
    ja: "メディアエンジンが終了したため、再起動しました。",
  },
  databaseBack: {
    en: "PostgreSQL had ended and is back.",
    ja: "PostgreSQL が終了したため、再起動しました。",
  },
  renewalFailed: {
    en: "The certificate could not be renewed; the present one stays in use and it is tried again.",
    ja: "証明書を更新できませんでした。現在の証明書を使い続け、もう一度試みます。",
  },
  help: {
    en: [
      "npm start -- [flags]",
      "",
      "  --port NUMBER   port to listen on (7700; 443 with --domain)",
      "  --data FOLDER   where everything is kept (data)",
      "  --domain NAME   public name; its certificate is fetched and renewed (ACME)",
      "  --host ADDRESS  address to listen on; 0.0.0.0: also other machines, over HTTPS",
      "  --lang ja|en    language of these lines",
      "  --help          this text",
      "",
      "Everything else: docs/CONFIGURATION.md",
    ].join("\n"),
    ja: [
      "npm start -- [フラグ]",
      "",
      "  --port 番号      待ち受けるポート(7700、--domain があるときは 443)",
      "  --data フォルダ   すべてのデータを置く場所(data)",
      "  --domain 名前    公開するドメイン名。証明書を取得し、更新します(ACME)",
      "  --host アドレス   待ち受けるアドレス。0.0.0.0 でほかの端末からも HTTPS で開けます",
      "  --lang ja|en    この表示の言語",
      "  --help          この説明",
      "",
      "そのほかの設定: docs/CONFIGURATION.md",
    ].join("\n"),
  },
} as const satisfies Record<string, { en: string; ja: string }>;

export type StartText = keyof typeof startTexts;
