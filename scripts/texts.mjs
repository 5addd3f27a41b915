/** What the set-up says before the product's own words can be loaded. Runs on any Node from 18 on. */
const texts = {
  installing: {
    en: "Installing packages (about half a minute; only when they changed) …",
    ja: "パッケージをインストールしています(約30秒。変更があったときだけ行います)…",
  },
  installed: {
    en: "Packages are installed ({seconds} s).",
    ja: "パッケージをインストールしました({seconds} 秒)。",
  },
  waiting: {
    en: "Another start is installing the packages; waiting for it …",
    ja: "別の起動処理がパッケージをインストールしています。完了を待っています…",
  },
  installFailed: {
    en: "The packages could not be installed: see the message of npm above, check the network and the free space, and start again.",
    ja: "パッケージをインストールできませんでした。上の npm のメッセージを見て、ネットワークと空き容量を確認してから、もう一度起動してください。",
  },
  npmMissing: {
    en: "npm was not found: install Node.js together with npm, and start again.",
    ja: "npm が見つかりません。Node.js を npm と一緒にインストールしてから、もう一度起動してください。",
  },
  nodeMissing: {
    en: "Node {wanted} for {platform} is not among the packages and this Node is {found}: install Node 24 or newer, and start again.",
    ja: "{platform} 用の Node {wanted} がパッケージになく、この Node は {found} です。Node 24 以降をインストールしてから、もう一度起動してください。",
  },
  windows: {
    en: "Sekisho runs on Linux and macOS; on Windows use WSL 2.",
    ja: "Sekisho は Linux と macOS で動きます。Windows では WSL 2 をお使いください。",
  },
};

/** `--lang`, else the language of the environment; anything but Japanese is English. */
export function languageOf(args, env) {
  const at = args.indexOf("--lang");
  const joined = args.find((argument) => argument.startsWith("--lang="))?.slice(7);
  const wanted = joined ?? (at >= 0 ? args[at + 1] : undefined) ?? env.SEKISHO_LANG;
  const locale = wanted || env.LC_ALL || env.LC_MESSAGES || env.LANG || "";
  return locale.toLowerCase().startsWith("ja") ? "ja" : "en";
}

export function say(language, key, values = {}) {
  return texts[key][language].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
