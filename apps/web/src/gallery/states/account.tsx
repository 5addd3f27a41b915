import type { ReactNode } from "react";
import { Frame, type Area } from "../../app-shell/frame.tsx";
import { ProvidersSection, type ProvidersSectionProps } from "../../features/me/providers-section.tsx";
import { SecurityView } from "../../features/me/security-view.tsx";
import { HandedLink } from "../../features/people/handed-link.tsx";
import { InviteDialog } from "../../features/people/invite-dialog.tsx";
import { PeopleView } from "../../features/people/people-view.tsx";
import { PersonDialog } from "../../features/people/person-dialog.tsx";
import { currentLanguage, wordsOf } from "../../i18n/words.ts";
import type { GalleryState } from "../state.ts";

const at = Date.UTC(2026, 10, 22, 6, 47);
const day = 86_400_000;
const id = (n: number) => `00000000-0000-4000-8000-00000000000${n}`;
const quiet = () => undefined;

function Framed({ area, children }: { area: Area; children: ReactNode }): ReactNode {
  return (
    <Frame name="佐久間 里奈" organisation="みどり野銀行" isAdmin area={area}>
      {children}
    </Frame>
  );
}

const account = {
  role: "member" as const,
  disabled: false,
  createdAt: at - 30 * day,
  lastSignInAt: at,
  duties: [],
  factors: { passkeys: 0, totp: false },
};

function People(): ReactNode {
  return (
    <PeopleView
      me={{ id: id(1), role: "admin" }}
      accounts={[
        {
          ...account,
          id: id(1),
          displayName: "佐久間 里奈",
          email: "rina.sakuma@midorino.example",
          role: "admin",
          duties: ["compliance", "auditor"],
        },
        {
          ...account,
          id: id(2),
          displayName: "桐生 真帆",
          email: "maho.kiryu@midorino.example",
          role: "owner",
          factors: { passkeys: 2, totp: true },
        },
        {
          ...account,
          id: id(3),
          displayName: "勅使河原万里江勅使河原万里江勅使河原万里江勅使河原万里江勅使河原",
          email: "a-very-long-address-that-does-not-break@branch.midorino.example",
          disabled: true,
          lastSignInAt: null,
        },
      ]}
      invitations={[
        {
          id: id(4),
          email: "ken.tokiwa@midorino.example",
          displayName: "常盤 健",
          role: "member",
          createdAt: at,
          expiresAt: at + 7 * day,
        },
      ]}
      onInvite={quiet}
      onDecide={quiet}
    />
  );
}

const invite = {
  made: undefined,
  canMakeOwner: false,
  working: false,
  problem: undefined,
  onSubmit: quiet,
  onClose: quiet,
};
const decide = { canMakeOwner: true, working: false, problem: undefined, onConfirm: quiet, onClose: quiet };
const peopleWords = ["people", "account", "shell"] as const;
const meWords = ["me", "account", "shell"] as const;

function withPeople(id: string, dialog: () => ReactNode): GalleryState {
  const render = () => (
    <>
      <Framed area="people">
        <People />
      </Framed>
      {dialog()}
    </>
  );
  return { id, words: peopleWords, render };
}

const made = {
  invitation: { email: "ken.tokiwa@midorino.example", displayName: "常盤 健", role: "member" },
  url: "https://meet.midorino.example/invite/V2sJ8Qm4Zt0yX6Lc1Rb9Nw3Kd7Hf5Gp2Ae8Tu4Yi0Mo",
  expiresAt: at + 7 * day,
} as const;

const peopleStates: readonly GalleryState[] = [
  withPeople("people/list", () => null),
  withPeople("people/invite", () => <InviteDialog {...invite} />),
  withPeople("people/invite-taken", () => (
    <InviteDialog {...invite} problem={wordsOf(currentLanguage(), "account")("error.email_taken")} />
  )),
  withPeople("people/invited", () => <InviteDialog {...invite} made={made} />),
  withPeople("people/disable", () => (
    <PersonDialog {...decide} decision={{ kind: "disable", id: id(2), name: "桐生 真帆" }} />
  )),
  withPeople("people/duties", () => (
    <PersonDialog
      {...decide}
      decision={{ kind: "duties", id: id(2), name: "桐生 真帆", duties: ["compliance"] }}
    />
  )),
  withPeople("people/revoke", () => (
    <PersonDialog {...decide} decision={{ kind: "revoke", id: id(4), name: "常盤 健" }} />
  )),
  withPeople("people/link", () => (
    <PersonDialog {...decide} decision={{ kind: "link", id: id(2), name: "桐生 真帆" }} />
  )),
  withPeople("people/link-made", () => (
    <HandedLink
      handed={{
        name: "桐生 真帆",
        url: `https://meet.example.jp/recover/${"k".repeat(43)}`,
        goodUntil: at + day,
      }}
      onClose={quiet}
    />
  )),
  withPeople("people/role", () => (
    <PersonDialog
      {...decide}
      decision={{ kind: "role", id: id(2), name: "桐生 真帆", role: "owner" }}
      problem={wordsOf(currentLanguage(), "account")("error.last_owner")}
    />
  )),
];

const session = { createdAt: at - day, lastSeenAt: at, address: "192.0.2.0/24" } as const;
const security = {
  sessions: [
    { ...session, id: "s".repeat(22), current: true, device: "Chrome · Windows" },
    { ...session, id: "t".repeat(22), current: false, device: "Safari · iPhone" },
  ],
  passwordsChanged: 0,
  working: false,
  problem: undefined,
  sessionProblem: undefined,
  factors: () => null,
  signingOut: false,
  onPassword: quiet,
  onEnd: quiet,
  onEndOthers: quiet,
  onSignOut: quiet,
};

function settings(id: string, render: (lang: "ja" | "en") => ReactNode): GalleryState {
  return { id, words: meWords, render: (lang) => <Framed area="settings">{render(lang)}</Framed> };
}

const ownProviders = {
  providers: [
    { id: id(1), name: "みどり野銀行アカウント", linkedAt: at - 3 * day },
    { id: id(2), name: "みどり野グループ共通認証基盤（Keycloak）", linkedAt: null },
  ],
  leaving: false,
  working: false,
  problem: undefined,
  onLink: quiet,
  onUnlink: quiet,
};

function withProviders(id: string, own: (lang: "ja" | "en") => Partial<ProvidersSectionProps>): GalleryState {
  return settings(id, (lang) => (
    <SecurityView {...security} factors={() => <ProvidersSection {...ownProviders} {...own(lang)} />} />
  ));
}

export const states: readonly GalleryState[] = [
  ...peopleStates,
  settings("me/security", () => <SecurityView {...security} />),
  settings("me/security-only-this", () => (
    <SecurityView {...security} sessions={security.sessions.slice(0, 1)} />
  )),
  settings("me/security-wrong", (lang) => (
    <SecurityView {...security} problem={wordsOf(lang, "account")("error.current_password_wrong")} />
  )),
  withProviders("me/providers", () => ({})),
  withProviders("me/providers-only-way", (lang) => ({ problem: wordsOf(lang, "account")("error.only_way") })),
  withProviders("me/providers-untie", () => ({ initialAsked: ownProviders.providers[0] })),
  settings("me/end-others", () => <SecurityView {...security} initialAsking />),
];
