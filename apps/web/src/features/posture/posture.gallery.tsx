import type { AdvisoryView, FeedView, Posture } from "@sekisho/contract";
import type { ReactNode } from "react";
import { Frame } from "../../app-shell/frame.tsx";
import type { GalleryState } from "../../gallery/state.ts";
import { FeedDialog, RemoveFeedDialog } from "./feed-dialogs.tsx";
import { PostureView } from "./posture-view.tsx";

const quiet = () => undefined;
const at = Date.UTC(2026, 10, 24, 6, 30);
const day = 86_400_000;

const off: Posture = {
  parts: [
    { part: "sekisho", version: "0.1.0", at },
    { part: "livekit", version: "1.13.5", at },
    { part: "postgresql", version: "18.4", at },
    { part: "node", version: "24.21.0", at },
  ],
  transport: {
    via: "direct",
    tls: "TLSv1.3 TLS_AES_256_GCM_SHA384",
    profile: "recommended",
    e2ee: true,
    at,
  },
  build: 1,
  minimumBuild: 0,
  releases: null,
  vulnerabilities: null,
  update: null,
  advisories: [],
};

const releases: FeedView = {
  url: "https://updates.midorino.example/sekisho/releases.json",
  publicKey: null,
  keywords: [],
  lastContactAt: at,
  lastProblem: null,
  issuedAt: at - day,
};
const vulnerabilities: FeedView = {
  url: "https://lists.midorino.example/ja/rss/jvndb.rdf",
  publicKey: null,
  keywords: ["sekisho", "livekit", "postgresql", "node.js"],
  lastContactAt: at,
  lastProblem: null,
  issuedAt: null,
};

const advisory: AdvisoryView = {
  id: "JVNDB-2026-004711",
  title: "PostgreSQL における権限昇格の脆弱性",
  link: "https://lists.midorino.example/ja/contents/2026/JVNDB-2026-004711.html",
  severity: "high",
  score: 8.8,
  publishedAt: at - 9 * day,
  modifiedAt: at - 2 * day,
  keywords: ["postgresql"],
  mark: null,
  changed: false,
};
const advisories: readonly AdvisoryView[] = [
  advisory,
  {
    ...advisory,
    id: "JVNDB-2026-004801",
    title: "Node.js の HTTP パーサーにおけるリクエストスマグリングの脆弱性",
    severity: "critical",
    score: 9.8,
    mark: { as: "seen", by: "桐生 真帆", at: at - day },
    changed: true,
  },
  {
    ...advisory,
    id: "JVNVU#98765432",
    title: "LiveKit にサービス運用妨害 (DoS) の脆弱性",
    link: null,
    severity: "unknown",
    score: null,
    mark: { as: "seen", by: null, at: at - day },
  },
  {
    ...advisory,
    id: "JVNDB-2026-003999",
    severity: "low",
    score: 3.1,
    mark: { as: "handled", by: "佐久間 里奈", at: at - day },
  },
];

const full: Posture = {
  ...off,
  releases,
  vulnerabilities,
  update: { version: "0.2.0", at: at - day, security: true, notes: "https://updates.midorino.example/0.2.0" },
  advisories: [...advisories],
};

const state = (id: string, posture: Posture, dialog: ReactNode = null): GalleryState => ({
  id: `posture/${id}`,
  words: ["posture", "account", "shell"],
  render: () => (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin isOwner area="posture">
      <PostureView
        posture={posture}
        checking={undefined}
        problem={undefined}
        onAsk={quiet}
        onCheck={quiet}
        onMark={quiet}
      />
      {dialog}
    </Frame>
  ),
});

const asking = { working: false, problem: undefined, onClose: quiet, onSubmit: quiet } as const;

export const states: readonly GalleryState[] = [
  state("off", off),
  state("full", full),
  state("quiet", { ...full, releases: { ...releases, publicKey: "x" }, update: null, advisories: [] }),
  state("silent", {
    ...full,
    transport: { via: "proxy", tls: null, profile: null, e2ee: false, at },
    parts: off.parts.map((one) => (one.part === "livekit" ? { ...one, version: null } : one)),
    releases: { ...releases, publicKey: "x", lastProblem: "bad_signature" },
    vulnerabilities: { ...vulnerabilities, lastContactAt: null, lastProblem: "timed_out" },
    update: null,
    advisories: [],
  }),
  state("releases-dialog", full, <FeedDialog {...asking} kind="releases" feed={releases} />),
  state(
    "vulnerabilities-dialog",
    off,
    <FeedDialog {...asking} kind="vulnerabilities" feed={null} problem="…" />,
  ),
  state("remove", full, <RemoveFeedDialog {...asking} kind="vulnerabilities" onConfirm={quiet} />),
];
