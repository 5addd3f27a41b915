import type { GalleryState } from "../state.ts";
import { InviteView } from "../../features/setup/invite-view.tsx";
import { LinkInvalid } from "../../features/setup/link-invalid.tsx";
import { SetupView, type SetupFact } from "../../features/setup/setup-view.tsx";

const at = Date.UTC(2026, 10, 22, 6, 47);
const facts: readonly SetupFact[] = [
  { name: "database", ok: true, value: "3", at },
  { name: "media", ok: true, value: "11", at },
  { name: "https", ok: false, value: "", at },
  { name: "clock", ok: true, value: "1", at },
];
const onlyHere: readonly SetupFact[] = facts.map((fact) =>
  fact.name === "https" ? { ...fact, ok: true, value: "loopback" } : fact,
);
const words = ["setup", "account"] as const;
const base = { facts, working: false, problem: undefined, address: "https://meet.midorino.example" };
const quiet = { onCheck: () => undefined, onSubmit: () => undefined };

export const states: readonly GalleryState[] = [
  { id: "setup/organisation", words, render: () => <SetupView {...base} {...quiet} /> },
  { id: "setup/owner", words, render: () => <SetupView {...base} {...quiet} initialStep={1} /> },
  { id: "setup/facts", words, render: () => <SetupView {...base} {...quiet} initialStep={2} /> },
  {
    id: "setup/facts-loopback",
    words,
    render: () => <SetupView {...base} {...quiet} facts={onlyHere} initialStep={2} />,
  },
  {
    id: "setup/testing",
    words,
    render: () => <SetupView {...base} {...quiet} facts={undefined} initialStep={2} />,
  },
  {
    id: "setup/problem",
    words,
    render: (lang) => (
      <SetupView
        {...base}
        {...quiet}
        initialStep={2}
        problem={
          lang === "ja"
            ? "このパスワードは、よそで漏れたものの一覧にあります。別のものにしてください。"
            : "This password is on a list of leaked ones. Choose another."
        }
      />
    ),
  },
  {
    id: "setup/link-invalid",
    words,
    render: (lang) => (
      <LinkInvalid title={lang === "ja" ? "使い始めるための設定" : "Set up Sekisho"}>
        {lang === "ja"
          ? "この設定リンクは使えません。サーバーの画面に出た新しいリンクを開いてください。"
          : "This set-up link cannot be used. Open the new link shown by the server."}
      </LinkInvalid>
    ),
  },
  {
    id: "setup/invite",
    words,
    render: () => (
      <InviteView
        invitation={{
          organisation: "みどり野銀行",
          displayName: "桐生 真帆",
          email: "maho.kiryu@midorino.example",
        }}
        working={false}
        problem={undefined}
        onSubmit={() => undefined}
      />
    ),
  },
];
